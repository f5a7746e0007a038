/** Requests under way at once: one is drawn while the next is on its way. */
const mostUnderWay = 2;

/**
 * Shows the picture that was asked for last. While pictures are asked for faster than they come, those between are
 * left out, and none is shown after a later one: so what is shown follows the pointer.
 */
export class LatestPicture {
  readonly #show: (image: HTMLImageElement) => void;
  readonly #failed: (error: unknown) => void;
  #wanted: string | undefined;
  #underWay = 0;
  #asked = 0;
  #shown = 0;

  /** @param failed told when a picture cannot be had, unless a later one is wanted already */
  constructor(show: (image: HTMLImageElement) => void, failed: (error: unknown) => void = () => {}) {
    this.#show = show;
    this.#failed = failed;
  }

  want(src: string): void {
    this.#wanted = src;
    this.#go();
  }

  #go(): void {
    if (this.#wanted === undefined || this.#underWay >= mostUnderWay) return;
    const src = this.#wanted;
    this.#wanted = undefined;
    this.#underWay += 1;
    this.#asked += 1;
    void this.#load(src, this.#asked).finally(() => {
      this.#underWay -= 1;
      this.#go();
    });
  }

  async #load(src: string, number: number): Promise<void> {
    const image = new Image();
    image.src = src;
    try {
      await image.decode();
    } catch (error) {
      if (this.#wanted === undefined) this.#failed(error);
      return;
    }
    if (number < this.#shown) return;
    this.#shown = number;
    this.#show(image);
  }
}

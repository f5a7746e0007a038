/** Requests under way at once: one is drawn while the next is on its way. */
const mostUnderWay = 2;

interface Told {
  show(image: HTMLImageElement): void;
  /** A picture cannot be had, and no later one is wanted yet. */
  fail(): void;
}

/**
 * Shows the picture that was asked for last. While pictures are asked for faster than they come, those between are
 * left out, and none is shown after a later one: so what is shown follows the pointer.
 */
export class LatestPicture {
  readonly #told: Told;
  #wanted: string | undefined;
  #underWay = 0;
  #asked = 0;
  #shown = 0;

  constructor(told: Told) {
    this.#told = told;
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
    } catch {
      // The reason of an image that does not load is known to nobody.
      if (this.#wanted === undefined) this.#told.fail();
      return;
    }
    if (number < this.#shown) return;
    this.#shown = number;
    this.#told.show(image);
  }
}

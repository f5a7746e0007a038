import type { Picture } from '../../preload/contract.ts';
import { OpenPicture, type Workbench } from './open-picture.svelte.ts';
import { type PictureOptions, pictureDefaults } from './picture-options.ts';

/** The pictures of the strip, and the one that is looked at. */
export class OpenPictures {
  readonly #bench: Workbench;
  #all = $state.raw<readonly OpenPicture[]>([]);
  readonly #byPath = new Map<string, OpenPicture>();
  #selectedId = $state<string>();
  /** What pictures begin with. */
  #beginning = $state.raw<PictureOptions>(pictureDefaults);

  readonly selected = $derived.by(() => this.#all.find((open) => open.picture.id === this.#selectedId));

  constructor(bench: Workbench) {
    this.#bench = bench;
  }

  get all(): readonly OpenPicture[] {
    return this.#all;
  }

  /** The options of the picture in sight, or those that the first one will begin with. */
  get options(): PictureOptions {
    return this.selected?.options ?? this.#beginning;
  }

  /** Sets the options of all that are open, or will be, beside the history. */
  setOptions(options: PictureOptions): void {
    this.#beginning = options;
    for (const open of this.#all) open.options = options;
  }

  /** @returns what sets every picture's options as they are now */
  restorer(): () => void {
    const beginning = this.#beginning;
    const all = this.#all.map((open) => ({ open, options: open.options }));
    return () => {
      this.#beginning = beginning;
      for (const { open, options } of all) open.options = options;
    };
  }

  select(id: string): void {
    if (id === this.#selectedId) return;
    this.selected?.giveWay();
    this.#selectedId = id;
    this.selected?.ensurePreview();
  }

  /** The picture `step` places further in the strip, or the last one there. */
  neighbour(step: number): OpenPicture | undefined {
    const index = this.#all.findIndex((open) => open.picture.id === this.#selectedId);
    return this.#all[Math.min(this.#all.length - 1, Math.max(0, index + step))];
  }

  /** Takes pictures that were opened; one that is open already stays as it is. @returns their places in the strip */
  take(pictures: readonly Picture[]): readonly OpenPicture[] {
    const taken = pictures.map((picture) => this.#adopt(picture));
    const fresh = taken.filter((open) => !this.#all.includes(open));
    this.#all = [...this.#all, ...fresh];
    return taken;
  }

  /** Closes a picture. @returns the one that is then in its place, or the last */
  close(id: string): OpenPicture | undefined {
    const index = this.#all.findIndex((open) => open.picture.id === id);
    const closing = this.#all[index];
    if (!closing) return undefined;
    closing.giveWay();
    this.#bench.history.forget(id);
    this.#byPath.delete(closing.picture.path);
    this.#all = this.#all.filter((open) => open !== closing);
    this.#release(id);
    return this.#all[Math.min(index, this.#all.length - 1)];
  }

  /** The open picture of a file: the one that is open already, where the same file is opened again. */
  #adopt(picture: Picture): OpenPicture {
    const present = this.#byPath.get(picture.path);
    if (present) {
      this.#release(picture.id);
      return present;
    }
    const fresh = new OpenPicture(picture, this.#bench, this.#beginning);
    this.#byPath.set(picture.path, fresh);
    return fresh;
  }

  #release(picture: string): void {
    this.#bench.client
      .call('pictures.close', { picture })
      .catch((error: unknown) => this.#bench.report(error));
  }
}

/** Room for the pixels of one piece of work: in memory while they are few, else in files that go with it. */
import { rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { partialName, sweepPartials } from './partial-files.ts';
import type { Picture } from './picture.ts';
import { blankInMemory, type PictureShape, type TiledPicture, tiledInMemory } from './tiled-picture.ts';
import { newVipsFile, openVipsFile, type VipsFile } from './vips-file.ts';

/** Bytes of samples that one picture may hold in memory: 44 megapixels of 8 bits in RGB. */
const mostInMemory = 128 * 2 ** 20;

export class Scratch {
  readonly #folder: string;
  readonly #most: number;
  readonly #files: VipsFile[] = [];
  readonly #paths: string[] = [];

  private constructor(folder: string, most: number) {
    this.#folder = folder;
    this.#most = most;
  }

  /**
   * In a folder that is made where it is not there; files of processes that were killed are removed.
   *
   * @param most bytes of a picture from which on it lies in a file
   */
  static async open(folder: string, most = mostInMemory): Promise<Scratch> {
    await mkdir(folder, { recursive: true });
    await sweepPartials(folder);
    return new Scratch(folder, most);
  }

  isLarge({ width, height, channels, depth }: Pick<PictureShape, 'width' | 'height' | 'channels' | 'depth'>) {
    return (width * height * channels * depth) / 8 > this.#most;
  }

  /** A name for a new file. */
  newFile(): string {
    // libvips knows its own format by this ending.
    const path = join(this.#folder, `${partialName()}.v`);
    this.#paths.push(path);
    return path;
  }

  /** What libvips has written under such a name. */
  open(path: string, about: Parameters<typeof openVipsFile>[1]): TiledPicture {
    return this.#opened(openVipsFile(path, about));
  }

  /** A black picture. */
  readonly blank = (shape: PictureShape): TiledPicture =>
    this.isLarge(shape) ? this.#opened(newVipsFile(this.newFile(), shape)) : blankInMemory(shape);

  /** A decoded picture, which leaves the memory where it is large. */
  hold({ data, ...shape }: Picture): TiledPicture {
    if (!this.isLarge(shape)) return tiledInMemory({ ...shape, data });
    const picture = this.blank(shape);
    picture.write({ left: 0, top: 0, ...shape }, data);
    return picture;
  }

  /** Removes every file. */
  close(): void {
    for (const file of this.#files.splice(0)) file.close();
    for (const path of this.#paths.splice(0)) rmSync(path, { force: true });
  }

  #opened(file: VipsFile): TiledPicture {
    this.#files.push(file);
    return file.picture;
  }
}

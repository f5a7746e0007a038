/** The pictures that are open in the window, by id. */
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { Picture } from '../../preload/contract.ts';
import type { PictureFacts } from '../compute/protocol.ts';
import { RelumeError } from '../library/failure.ts';

export class OpenPictures {
  readonly #pictures = new Map<string, Picture>();

  add(path: string, facts: PictureFacts): Picture {
    const picture = { id: randomUUID(), path, name: basename(path), ...facts };
    this.#pictures.set(picture.id, picture);
    return picture;
  }

  /** @throws {RelumeError} 'no-such-picture' */
  get(id: string): Picture {
    const picture = this.#pictures.get(id);
    if (!picture)
      throw new RelumeError({ code: 'no-such-picture', message: 'That picture is not open any more.' });
    return picture;
  }

  /** @returns the picture that was closed, and whether its file is still open under another id */
  remove(id: string): { picture: Picture; stillOpen: boolean } {
    const picture = this.get(id);
    this.#pictures.delete(id);
    const stillOpen = [...this.#pictures.values()].some(({ path }) => path === picture.path);
    return { picture, stillOpen };
  }
}

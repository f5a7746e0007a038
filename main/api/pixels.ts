/** Display tiles and thumbnails by their path (`pixelsPath` and `thumbnailPath` in the contract). */
import { RelumeError } from '../library/failure.ts';
import type { ApiContext } from './context.ts';

const tilePattern = /^\/pixels\/([\w-]+)\/([\w-]+)\/(\d{1,2})\/(\d{1,6})\/(\d{1,6})$/;
const thumbnailPattern = /^\/pixels\/collections\/([\w-]+)\/(\d{1,9})$/;

/**
 * The tile or thumbnail as PNG.
 *
 * @throws {RelumeError} 'bad-request' for a path of another form, 'no-such-picture', and what reading says
 */
export async function readPixels(context: ApiContext, pathname: string): Promise<Uint8Array> {
  const [, collection, index] = thumbnailPattern.exec(pathname) ?? [];
  if (collection !== undefined) return context.collections.thumbnail(collection, Number(index));
  const [, picture, layer, level, x, y] = tilePattern.exec(pathname) ?? [];
  if (picture === undefined || layer === undefined) {
    throw new RelumeError({ code: 'bad-request', message: `${pathname} is not the path of a tile.` });
  }
  const { path } = context.pictures.get(picture);
  return context.compute.call('tile', { path, layer, level: Number(level), x: Number(x), y: Number(y) });
}

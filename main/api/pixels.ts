/** Display tiles by their path (`pixelsPath` in the contract). */
import { RelumeError } from '../library/failure.ts';
import type { ApiContext } from './context.ts';

const pattern = /^\/pixels\/([\w-]+)\/([\w-]+)\/(\d{1,2})\/(\d{1,6})\/(\d{1,6})$/;

/**
 * The tile as PNG.
 *
 * @throws {RelumeError} 'bad-request' for a path of another form, 'no-such-picture', and what reading says
 */
export async function readPixels({ compute, pictures }: ApiContext, pathname: string): Promise<Uint8Array> {
  const [, picture, layer, level, x, y] = pattern.exec(pathname) ?? [];
  if (picture === undefined || layer === undefined) {
    throw new RelumeError({ code: 'bad-request', message: `${pathname} is not the path of a tile.` });
  }
  const { path } = pictures.get(picture);
  return compute.call('tile', { path, layer, level: Number(level), x: Number(x), y: Number(y) });
}

/** Serves the built window as the shells do, with display tiles of given pictures and the same policy. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import sharp from 'sharp';
import { securityHeaders } from '../../main/shell/content-security-policy.ts';
import { windowFile } from '../../main/shell/window-files.ts';
import { displayTile } from '../../preload/contract.ts';

const built = join(import.meta.dirname, '../../dist/renderer');

interface Pixels {
  data: Buffer;
  info: { width: number; height: number; channels: 1 | 2 | 3 | 4 };
}

/** Encoded pictures by id: the source, and what a preview gives. */
export type Layers = Readonly<Record<string, { source: Buffer; result: Buffer }>>;

export interface WindowServer {
  address: string;
  close: () => void;
}

/**
 * Layers of previews named '-2x' and the like, and what belongs to them, are the result so many times as large.
 */
export async function serveWindow(layers: Layers): Promise<WindowServer> {
  const pixels = await decode(layers);
  const encoded = new Map<string, ReturnType<typeof tile>>();
  /** Encoded once: previews of a picture all look the same. */
  const tileOf = (pathname: string) => {
    const key = pathname.replace(/\/preview-\d+/, '/preview');
    const known = encoded.get(key) ?? tile(pixels, pathname);
    encoded.set(key, known);
    return known;
  };
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = pathname.startsWith('/pixels/') ? await tileOf(pathname) : await windowFile(built, pathname);
    response.writeHead(file ? 200 : 404, { ...securityHeaders, 'Content-Type': file?.type ?? 'text/plain' });
    response.end(file?.bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

/** Pixels by 'picture/source' and 'picture/result'. */
async function decode(layers: Layers): Promise<Map<string, Pixels>> {
  const pixels = new Map<string, Pixels>();
  for (const [id, { source, result }] of Object.entries(layers)) {
    pixels.set(`${id}/source`, await sharp(source).raw().toBuffer({ resolveWithObject: true }));
    pixels.set(`${id}/result`, await sharp(result).raw().toBuffer({ resolveWithObject: true }));
  }
  return pixels;
}

/** What a model makes of the sample; of one called 'broken' nothing that is a picture. */
async function modelLook(pixels: Map<string, Pixels>, pathname: string) {
  const [, , , model, , side] = pathname.split('/');
  const picture = pixels.get(`meadow/${side === 'after' ? 'result' : 'source'}`);
  if (!picture) return undefined;
  if (model?.startsWith('broken')) return { bytes: new Uint8Array(), type: 'image/png' };
  const bytes = await sharp(picture.data, { raw: picture.info }).resize(240, 180).png().toBuffer();
  return { bytes: new Uint8Array(bytes), type: 'image/png' };
}

/** A picture so many times as large, made once. */
async function enlarged(pixels: Map<string, Pixels>, name: string, scale: number) {
  const picture = pixels.get(name);
  if (!picture || scale === 1) return picture;
  const larger =
    pixels.get(`${name}-${scale}x`) ??
    (await sharp(picture.data, { raw: picture.info })
      .resize(picture.info.width * scale)
      .raw()
      .toBuffer({ resolveWithObject: true }));
  pixels.set(`${name}-${scale}x`, larger);
  return larger;
}

async function tile(pixels: Map<string, Pixels>, pathname: string) {
  if (pathname.startsWith('/pixels/models/')) return modelLook(pixels, pathname);
  const [, , id = '', layer = '', ...place] = pathname.split('/');
  const [level = 0, column = 0, row = 0] = place.map(Number);
  const scale = Number(/-(\d)x\b/.exec(layer)?.[1] ?? 1);
  const picture = await enlarged(pixels, `${id}/${layer === 'source' ? 'source' : 'result'}`, scale);
  if (!picture) return undefined;
  const { width, height } = picture.info;
  const side = displayTile * 2 ** level;
  const left = column * side;
  const top = row * side;
  const region = { left, top, width: Math.min(side, width - left), height: Math.min(side, height - top) };
  const bytes = await sharp(picture.data, { raw: picture.info })
    .extract(region)
    .resize(Math.ceil(region.width / 2 ** level), Math.ceil(region.height / 2 ** level), { fit: 'fill' })
    .png({ compressionLevel: 1 })
    .toBuffer();
  return { bytes: new Uint8Array(bytes), type: 'image/png' };
}

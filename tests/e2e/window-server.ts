/** Serves the built window as the shells do, with display tiles of given pictures and the same policy. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import sharp from 'sharp';
import { securityHeaders } from '../../main/shell/content-security-policy.ts';
import { windowFile } from '../../main/shell/window-files.ts';
import { displayTile } from '../../preload/contract.ts';

const built = join(import.meta.dirname, '../../dist/renderer');

/** Encoded pictures by id: the source, and what a preview gives. */
export type Layers = Readonly<Record<string, { source: Buffer; result: Buffer }>>;

export interface WindowServer {
  address: string;
  close: () => void;
}

export async function serveWindow(layers: Layers): Promise<WindowServer> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = pathname.startsWith('/pixels/')
      ? await tile(layers, pathname)
      : await windowFile(built, pathname);
    response.writeHead(file ? 200 : 404, { ...securityHeaders, 'Content-Type': file?.type ?? 'text/plain' });
    response.end(file?.bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

async function tile(layers: Layers, pathname: string) {
  const [, , id = '', layer = '', ...place] = pathname.split('/');
  const [level = 0, column = 0, row = 0] = place.map(Number);
  const encoded = layers[id]?.[layer === 'source' ? 'source' : 'result'];
  if (!encoded) return undefined;
  const { width, height } = await sharp(encoded).metadata();
  const side = displayTile * 2 ** level;
  const left = column * side;
  const top = row * side;
  const region = { left, top, width: Math.min(side, width - left), height: Math.min(side, height - top) };
  const cut = await sharp(encoded).extract(region).toBuffer();
  const bytes = await sharp(cut)
    .resize(Math.ceil(region.width / 2 ** level), Math.ceil(region.height / 2 ** level), { fit: 'fill' })
    .png({ compressionLevel: 1 })
    .toBuffer();
  return { bytes: new Uint8Array(bytes), type: 'image/png' };
}

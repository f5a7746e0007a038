import sharp from 'sharp';
import type { Picture } from '../../preload/contract.ts';
import type { Layers } from './window-server.ts';

const landscape = {
  id: 'meadow',
  name: 'meadow.jpg',
  width: 1600,
  height: 1100,
  format: 'jpeg',
  sigma: 21.8,
};
const portrait = { id: 'tower', name: 'tower.png', width: 700, height: 900, format: 'png', sigma: 6.1 };

/** Two pictures that the window can open. */
export const pictures: Picture[] = [landscape, portrait].map((facts) => ({
  ...facts,
  path: `/photos/${facts.name}`,
  depth: 8,
}));

/** Their pixels: noise as the source, a smooth drawing as the result. */
export async function pictureLayers(): Promise<Layers> {
  const layers = await Promise.all(
    pictures.map(async ({ id, width, height }) => {
      const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
      const grain = await sharp({ create: { width, height, channels: 3, background: 'grey', noise } })
        .raw()
        .toBuffer();
      const drawing = await sharp(Buffer.from(hills(width, height)))
        .png({ compressionLevel: 1 })
        .toBuffer();
      const input = { input: grain, raw: { width, height, channels: 3 }, blend: 'soft-light' } as const;
      const source = await sharp(drawing).composite([input]).png({ compressionLevel: 0 }).toBuffer();
      return [id, { source, result: drawing }] as const;
    }),
  );
  return Object.fromEntries(layers);
}

const hills = (width: number, height: number) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}"
  height="${height}" viewBox="0 0 100 100" preserveAspectRatio="none">
  <rect width="100" height="100" fill="#86a5bd" />
  <circle cx="72" cy="24" r="9" fill="#f4d9a3" />
  <path d="M0 60 Q30 30 60 58 T100 50 V100 H0z" fill="#5d7a56" />
  <path d="M0 78 Q40 56 100 84 V100 H0z" fill="#35492f" />
</svg>`;

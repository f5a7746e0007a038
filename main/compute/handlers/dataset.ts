import { thumbnail } from '../../image/thumbnail.ts';
import { LookPool } from '../../train/dataset/look-pool.ts';
import { scan } from '../../train/dataset/scan.ts';
import { findPairs } from '../../train/pairs/find-pairs.ts';
import { shownDamage, shownMiddle } from '../../train/shown-damage.ts';
import type { Handlers } from '../protocol.ts';

export const datasetHandlers: Pick<Handlers, 'scan' | 'pair' | 'thumbnail' | 'middle' | 'damage'> = {
  scan: async ({ paths, cache }, { signal, progress }) => {
    const pool = new LookPool();
    try {
      return await scan(paths, cache, pool, signal, progress);
    } finally {
      await pool.close();
    }
  },
  pair: ({ clean, noisy }, { signal, progress }) =>
    findPairs(clean, noisy, signal, (share) => progress({ share })),
  thumbnail: ({ path, side }) => thumbnail(path, side),
  middle: ({ path }) => shownMiddle(path),
  damage: ({ path, damage, strength, layer }) => shownDamage(path, damage, strength, layer),
};

import { thumbnail } from '../../image/thumbnail.ts';
import { LookPool } from '../../train/dataset/look-pool.ts';
import { scan } from '../../train/dataset/scan.ts';
import { shownDamage } from '../../train/shown-damage.ts';
import type { Handlers } from '../protocol.ts';

export const datasetHandlers: Pick<Handlers, 'scan' | 'thumbnail' | 'damage'> = {
  scan: async ({ paths, cache }, { signal, progress }) => {
    const pool = new LookPool();
    try {
      return await scan(paths, cache, pool, signal, progress);
    } finally {
      await pool.close();
    }
  },
  thumbnail: ({ path, side }) => thumbnail(path, side),
  damage: ({ path, damage, strength, layer }) => shownDamage(path, damage, strength, layer),
};

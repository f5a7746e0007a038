/** Learning to undo JPEG, without being told its quality. */
import type { Planes } from '../../image/planes.ts';
import { randomJpeg, throughJpeg } from '../degradations/jpeg.ts';
import type { Damaged, Task } from './task.ts';

const quality = { min: 10, max: 80 } as const;
/** Quality of held-out photos. */
const heldOutQuality = 20;

export const artefacts: Task = {
  scale: 1,
  cut: 1,
  learnsFrom: 'clean',
  metric: 'rgb',
  damage: async (photo, random) => ({
    seen: await throughJpeg(photo, randomJpeg(random, quality)),
    clean: photo,
  }),
  trial: (photo) => jpegTrial(photo, heldOutQuality),
  trialFacts: { set: 'held-out photos', quality: heldOutQuality },
};

/** JPEG of one quality, its colours at half size as nearly all files have them. */
export async function jpegTrial(clean: Planes, quality: number): Promise<Damaged> {
  return { seen: await throughJpeg(clean, { quality, chromaSubsampling: '4:2:0' }), clean };
}

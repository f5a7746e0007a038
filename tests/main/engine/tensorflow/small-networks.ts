/** Every network of models/, small enough for a test: what it is trained on, and on how much. */
import { l1 } from '../../../../main/engine/losses.ts';
import { type Objective, supervised } from '../../../../main/engine/objective.ts';
import type { NetworkBuilder } from '../../../../main/engine/parameters.ts';
import { denoiser } from '../../../../models/denoiser.ts';
import { upscaler } from '../../../../models/upscaler.ts';

export interface SmallNetwork {
  readonly name: string;
  readonly build: NetworkBuilder;
  /** [N, C, H, W] */
  readonly input: readonly number[];
  readonly scale: number;
}

const unet = { channels: [3, 4], blocks: 1 };

export const smallNetworks: readonly [SmallNetwork, ...SmallNetwork[]] = [
  {
    name: 'a denoiser that is told the level',
    build: denoiser({ ...unet, noiseMap: true }),
    input: [2, 4, 8, 4],
    scale: 1,
  },
  {
    name: 'a denoiser that is not',
    build: denoiser({ ...unet, noiseMap: false }),
    input: [2, 3, 4, 8],
    scale: 1,
  },
  ...[2, 3, 4].map((scale) => ({
    name: `an upscaler by ${scale}`,
    build: upscaler({ scale, channels: 4, blocks: 1 }),
    input: [2, 3, 4, 3],
    scale,
  })),
];

export function objectiveOf({ build, input, scale }: SmallNetwork): Objective {
  const [n = 1, , h = 1, w = 1] = input;
  return supervised(build, l1, { input, target: [n, 3, h * scale, w * scale] });
}

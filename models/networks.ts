/** The networks that turn a picture into a picture, by the names that runs and cards know them by. */
import type { NetworkBuilder } from '../main/engine/parameters.ts';
import { type DenoiserOptions, denoiser, denoiserMultiple } from './denoiser.ts';
import { upscaler } from './upscaler.ts';

export interface PictureNetwork {
  readonly build: NetworkBuilder;
  /** 3: red, green, blue; 4: a plane of sigma / 255 besides. */
  readonly inputChannels: 3 | 4;
  /** Height and width of the input must be multiples of this. */
  readonly multiple: number;
  /** Output pixels a side for each input pixel. */
  readonly scale: number;
}

export const networkNames = [
  'denoiser-fast',
  'denoiser-best',
  'artefact-remover',
  'upscaler-2x',
  'upscaler-3x',
  'upscaler-4x',
] as const;
export type NetworkName = (typeof networkNames)[number];

const fast = { channels: [32, 64, 128, 256], blocks: 1, noiseMap: true };

export const networks: Readonly<Record<NetworkName, PictureNetwork>> = {
  'denoiser-fast': unet(fast),
  /** The same, deeper, so that it can go on from the fast one. */
  'denoiser-best': unet({ ...fast, blocks: 4 }),
  'artefact-remover': unet({ ...fast, blocks: 4, noiseMap: false }),
  'upscaler-2x': residualUpscaler(2),
  'upscaler-3x': residualUpscaler(3),
  'upscaler-4x': residualUpscaler(4),
};

function unet(options: DenoiserOptions): PictureNetwork {
  const inputChannels = options.noiseMap ? 4 : 3;
  return { build: denoiser(options), inputChannels, multiple: denoiserMultiple(options), scale: 1 };
}

function residualUpscaler(scale: number): PictureNetwork {
  const build = upscaler({ scale, channels: 48, blocks: 8 });
  return { build, inputChannels: 3, multiple: 1, scale };
}

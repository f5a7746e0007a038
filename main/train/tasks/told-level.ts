/** What a network is told of real noise while it learns: as what an estimate will tell it later. */
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { sigmaRange } from '../../../preload/contract.ts';
import { normal } from '../../engine/gaussian.ts';
import { mostTold } from '../../image/noise-estimate.ts';
import type { Planes } from '../../image/planes.ts';

/**
 * Deviation of the logarithm of the told level of real noise. Estimates for 20 shots with a measured truth deviate by
 * 0.37, the worst by 0.83: with somewhat more the network learns to look for itself as well.
 */
const levelError = 0.5;

/** Deviation that 2 x 2 means keep, against that of white noise, from which on the most is told. */
const mostSpread = 1.6;

/** An estimate is never exact: the network learns to cope with a level that is somewhat off. */
export function told(sigma: number, random: RandomGenerator): number {
  return Math.min(sigmaRange.max, sigma * Math.exp(levelError * normal(random)));
}

/**
 * As `NoiseEstimate.level`, of noise that is known: its deviation, times as much as its spread over neighbouring
 * pixels makes it harder to remove.
 *
 * @returns 8-bit levels
 */
export function levelOf(noisy: Planes, clean: Planes): number {
  const noise = noisy.values.map((value, i) => value - (clean.values[i] ?? 0));
  const brightness = { ...noisy, values: brightnessOf(noise) };
  const spread = (2 * rms(halved(brightness))) / Math.max(1e-9, rms(brightness.values));
  const factor = 1 + ((mostTold - 1) * (spread - 1)) / (mostSpread - 1);
  return 255 * rms(noise) * Math.min(mostTold, Math.max(1, factor));
}

/** Mean of the three planes. */
function brightnessOf(values: Float32Array): Float32Array {
  const plane = values.length / 3;
  const sum = (i: number) => (values[i] ?? 0) + (values[i + plane] ?? 0) + (values[i + 2 * plane] ?? 0);
  return Float32Array.from({ length: plane }, (_, i) => sum(i) / 3);
}

/** 2 x 2 means of one plane. */
function halved({ width, height, values }: Planes): Float32Array {
  const wide = width >> 1;
  return Float32Array.from({ length: wide * (height >> 1) }, (_, i) => {
    const at = 2 * Math.floor(i / wide) * width + 2 * (i % wide);
    const row = (from: number) => (values[from] ?? 0) + (values[from + 1] ?? 0);
    return (row(at) + row(at + width)) / 4;
  });
}

function rms(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

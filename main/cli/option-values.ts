/** What several commands read from their options: text in, the contract's own values out. */
import { resolve } from 'node:path';
import { z } from 'zod';
import { partDefaults, requests, scales, stepSchema } from '../../preload/contract.ts';

const { device, quality, strength } = requests['restore.save'].input.shape;
const { sigma, model } = stepSchema.shape;

/** Any number. */
export const numberValue = z
  .string()
  .regex(/^\s*[+-]?(\d+\.?\d*|\.\d+)\s*$/)
  .transform(Number);

export const sigmaValue = numberValue.pipe(sigma.unwrap());
export const qualityValue = numberValue.pipe(quality);
export const scaleValue = numberValue.pipe(z.literal(scales));
export const deviceValue = device;
/** The option that takes it. */
export const deviceFlag = `--device <${device.options.join('|')}>`;

/** 'auto' is all of it: the network is told the noise level, so its result is already the right strength. */
const strengthValue = z
  .literal('auto')
  .transform(() => 100)
  .or(numberValue.pipe(strength));

const percentValue = numberValue.pipe(strength);
const { luminance, colour, detail } = partDefaults;

/** The strength and what it is made of, as a save takes them. */
export const blendValues = {
  strength: strengthValue,
  luminance: percentValue.default(luminance),
  colour: percentValue.default(colour),
  detail: percentValue.default(detail),
};

/** An id, or the absolute path of an .onnx file. */
export const modelValue = model
  .min(1)
  .transform((text) => (text.toLowerCase().endsWith('.onnx') ? resolve(text) : text));

export const folderValue = z
  .string()
  .min(1)
  .transform((text) => resolve(text));
export const countValue = numberValue.pipe(z.number().int().positive());
export const megapixelsValue = numberValue.pipe(z.number().positive());
export const minutesValue = numberValue.pipe(z.number().positive());
export const portValue = numberValue.pipe(z.number().int().min(1).max(65_535));

/** `evaluate denoise|artefacts|upscale`: how near a model brings damaged pictures to the clean ones. */
import type { Command } from 'commander';
import { z } from 'zod';
import { defaultModel, scales } from '../../preload/contract.ts';
import { Eta } from '../jobs/eta.ts';
import { findModel } from '../library/models.ts';
import type { Comparison, Damage } from '../train/evaluate.ts';
import type { Scores } from '../train/scores.ts';
import {
  deviceFlag,
  deviceValue,
  folderValue,
  modelValue,
  qualityValue,
  scaleValue,
  sigmaValue,
} from './option-values.ts';
import { barText, ProgressLine } from './progress-line.ts';
import { withCompute } from './session.ts';
import { addCommand, readOptions } from './usage.ts';

const common = z.object({
  data: folderValue,
  model: modelValue,
  device: deviceValue,
  json: z.boolean().optional(),
});
const denoiseSchema = common.extend({ noisy: folderValue.optional(), sigma: sigmaValue.optional() });
const artefactsSchema = common.extend({ quality: qualityValue });
const upscaleSchema = common.extend({ scale: scaleValue, small: folderValue.optional() });

const data = ['--data <folder>', 'clean pictures'] as const;
const model = ['--model <id or file.onnx>', 'which model'] as const;
const device = [deviceFlag, 'what it runs on', 'auto'] as const;
const json = ['--json', 'as one JSON object'] as const;

export function addEvaluate(program: Command): void {
  const parent = addCommand(program, 'evaluate', 'measure a model beside classical methods');
  const denoise = addCommand(
    parent,
    'denoise',
    'RGB PSNR and SSIM with white noise of one level, or on pairs',
  )
    .requiredOption(...data)
    .option('--sigma <0..75>', 'level of the noise that is added, or that the model is told of pairs')
    .option('--noisy <folder>', 'the same pictures with real noise, by the same names')
    .option(...model, defaultModel)
    .option(...device)
    .option(...json)
    .action(() => {
      const { noisy, sigma, ...rest } = readOptions(denoise, denoiseSchema);
      if (noisy !== undefined) {
        const told = sigma === undefined ? {} : { sigma };
        return evaluate(rest, { kind: 'pairs', folder: noisy, scale: 1, ...told });
      }
      if (sigma === undefined) return denoise.error('error: --sigma or --noisy is needed');
      return evaluate(rest, { kind: 'noise', sigma });
    });
  const artefacts = addCommand(parent, 'artefacts', 'RGB PSNR and SSIM on JPEGs of one quality')
    .requiredOption(...data)
    .requiredOption('--quality <1..100>', 'of the JPEGs')
    .requiredOption(...model)
    .option(...device)
    .option(...json)
    .action(() => {
      const { quality, ...rest } = readOptions(artefacts, artefactsSchema);
      return evaluate(rest, { kind: 'jpeg', quality });
    });
  const upscale = addCommand(parent, 'upscale', 'luminance PSNR and SSIM on reduced pictures')
    .requiredOption(...data)
    .requiredOption(`--scale <${scales.join('|')}>`, 'how many times larger, a side')
    .option('--small <folder>', 'the reduced pictures, by the same names; reduced by bicubic without it')
    .requiredOption(...model)
    .option(...device)
    .option(...json)
    .action(() => {
      const { scale, small, ...rest } = readOptions(upscale, upscaleSchema);
      return evaluate(
        rest,
        small === undefined ? { kind: 'shrink', scale } : { kind: 'pairs', folder: small, scale },
      );
    });
}

async function evaluate(
  { data, model, device, json }: z.infer<typeof common>,
  damage: Damage,
): Promise<void> {
  await findModel(model);
  const line = new ProgressLine();
  const eta = new Eta();
  const comparison = await withCompute((compute, signal) =>
    compute.call(
      'evaluate',
      { folder: data, model, device, damage },
      {
        signal,
        onProgress: ({ progress }) =>
          line.show(barText('Evaluating', progress, eta.update(progress, performance.now() / 1000))),
      },
    ),
  ).finally(() => line.clear());
  process.stdout.write(json ? `${JSON.stringify(comparison)}\n` : report(model, comparison));
}

function report(name: string, { model, baselines }: Comparison): string {
  const rows: readonly (Scores & { name: string })[] = [{ name, ...model }, ...baselines];
  const width = Math.max(...rows.map((row) => row.name.length));
  const lines = rows.map(
    (row) => `${row.name.padEnd(width)}  ${row.psnr.toFixed(2)} dB PSNR, ${row.ssim.toFixed(4)} SSIM\n`,
  );
  return `${lines.join('')}Mean of ${model.images} pictures.\n`;
}

/** `evaluate denoise`: how near a model brings noisy pictures to the clean ones. */
import type { Command } from 'commander';
import { z } from 'zod';
import { defaultModel } from '../../preload/contract.ts';
import { Eta } from '../jobs/eta.ts';
import { findModel } from '../library/models.ts';
import { deviceValue, folderValue, modelValue, sigmaValue } from './option-values.ts';
import { barText, ProgressLine } from './progress-line.ts';
import { withCompute } from './session.ts';
import { addCommand, readOptions } from './usage.ts';

const schema = z.object({
  data: folderValue,
  noisy: folderValue.optional(),
  sigma: sigmaValue.optional(),
  model: modelValue,
  device: deviceValue,
  json: z.boolean().optional(),
});

export function addEvaluate(program: Command): void {
  const parent = addCommand(program, 'evaluate', 'measure a model on clean pictures with noise added');
  const command = addCommand(parent, 'denoise', 'PSNR and SSIM with Gaussian noise of one level, or on pairs')
    .requiredOption('--data <folder>', 'clean pictures')
    .option('--sigma <0..75>', 'level of the noise that is added, 8-bit levels')
    .option('--noisy <folder>', 'the same pictures with real noise, by the same names')
    .option('--model <id or file.onnx>', 'which model', defaultModel)
    .option('--device <auto|cpu|webgpu>', 'what it runs on', 'auto')
    .option('--json', 'as one JSON object')
    .action(async () => {
      const options = readOptions(command, schema);
      if (options.sigma === undefined && options.noisy === undefined) {
        command.error('error: --sigma or --noisy is needed');
      }
      await evaluate(options);
    });
}

async function evaluate({ data, sigma, noisy, model, device, json }: z.infer<typeof schema>): Promise<void> {
  await findModel(model);
  const line = new ProgressLine();
  const eta = new Eta();
  const scores = await withCompute((compute, signal) =>
    compute.call(
      'evaluate',
      {
        folder: data,
        model,
        device,
        ...(sigma !== undefined && { sigma }),
        ...(noisy !== undefined && { noisy }),
      },
      {
        signal,
        onProgress: ({ progress }) =>
          line.show(barText('Evaluating', progress, eta.update(progress, performance.now() / 1000))),
      },
    ),
  ).finally(() => line.clear());
  const { psnr, ssim, images } = scores;
  process.stdout.write(
    json
      ? `${JSON.stringify({ psnr, ssim, images })}\n`
      : `${psnr.toFixed(2)} dB PSNR, ${ssim.toFixed(4)} SSIM: mean of ${images} pictures, ${noisy === undefined ? `sigma ${sigma}` : 'real noise'}\n`,
  );
}

/** `evaluate denoise`: how near a model brings noisy pictures to the clean ones. */
import type { Command } from 'commander';
import { z } from 'zod';
import { Eta } from '../jobs/eta.ts';
import { findModel } from '../library/models.ts';
import { defaultModel, deviceValue, folderValue, modelValue, sigmaValue } from './option-values.ts';
import { barText, ProgressLine } from './progress-line.ts';
import { withCompute } from './session.ts';
import { addCommand, readOptions } from './usage.ts';

const schema = z.object({
  data: folderValue,
  sigma: sigmaValue,
  model: modelValue,
  device: deviceValue,
  json: z.boolean().optional(),
});

export function addEvaluate(program: Command): void {
  const parent = addCommand(program, 'evaluate', 'measure a model on clean pictures with noise added');
  const command = addCommand(parent, 'denoise', 'PSNR and SSIM with Gaussian noise of one level')
    .requiredOption('--data <folder>', 'clean pictures')
    .requiredOption('--sigma <0..75>', 'noise level, 8-bit levels')
    .option('--model <id or file.onnx>', 'which model', defaultModel)
    .option('--device <auto|cpu|webgpu>', 'what it runs on', 'auto')
    .option('--json', 'as one JSON object')
    .action(async () => evaluate(readOptions(command, schema)));
}

async function evaluate({ data, sigma, model, device, json }: z.infer<typeof schema>): Promise<void> {
  await findModel(model);
  const line = new ProgressLine();
  const eta = new Eta();
  const scores = await withCompute((compute, signal) =>
    compute.call(
      'evaluate',
      { folder: data, sigma, model, device },
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
      : `${psnr.toFixed(2)} dB PSNR, ${ssim.toFixed(4)} SSIM: mean of ${images} pictures at sigma ${sigma}\n`,
  );
}

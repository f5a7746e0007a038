/** Judges a run on its held-out photos: measures, shows crops, keeps the best weights. */
import { networks } from '../../models/networks.ts';
import { loadNetwork } from '../engine/load-network.ts';
import type { BestWeights } from './best-weights.ts';
import type { Collection } from './collection.ts';
import { heldOutScores } from './held-out.ts';
import { PhotoCache } from './photos.ts';
import { networkOnnx } from './publish-model.ts';
import type { Run, RunFiles } from './run-files.ts';
import { previewCount, writePreview } from './run-previews.ts';
import type { RunRecorder } from './run-recorder.ts';
import type { Scores } from './scores.ts';
import { taskOf } from './tasks/task.ts';

/** Held-out photos are few. */
const cacheBytes = 256 * 2 ** 20;

export class Judge {
  readonly #run: Run;
  readonly #files: RunFiles<Run>;
  readonly #heldOut: readonly string[];
  readonly #recorder: RunRecorder;
  readonly #photos: PhotoCache;
  readonly #best: BestWeights;

  constructor(
    run: Run,
    files: RunFiles<Run>,
    { heldOut, noisyPaths }: Collection,
    recorder: RunRecorder,
    best: BestWeights,
  ) {
    this.#run = run;
    this.#files = files;
    this.#heldOut = heldOut;
    this.#recorder = recorder;
    this.#photos = new PhotoCache(cacheBytes, { learnsFrom: taskOf(run.task).learnsFrom, noisyPaths });
    this.#best = best;
  }

  /** Measures what training has reached, and keeps it when it is the best. @returns PSNR in dB */
  async judge(ema: Float32Array, step: number): Promise<number> {
    const { psnr } = await this.measure(ema, step);
    this.#recorder.change({ psnr });
    if (await this.#best.offer({ step, score: psnr, ema })) this.#recorder.change({ best: { step, psnr } });
    return psnr;
  }

  /** Measures the model that training begins with. */
  async measureStart(ema: Float32Array): Promise<void> {
    const { psnr } = await this.measure(ema, 0);
    this.#recorder.change({ startPsnr: psnr, psnr });
  }

  /** Scores of weights, with the crops that they are seen on. */
  async measure(ema: Float32Array, step: number): Promise<Scores> {
    const { task, network: name } = this.#run;
    const network = await loadNetwork(networkOnnx(networks[name], ema), 'cpu');
    const scores = await heldOutScores(network, taskOf(task), this.#heldOut, this.#photos, {
      tried: async (index, trial, result) => {
        if (index < previewCount) await writePreview(this.#files.folder, index, trial, result);
      },
      unusable: (reason) => this.#recorder.change({ note: `Left out of the measurements: ${reason}` }),
    });
    await network.dispose();
    const count = Math.min(previewCount, this.#heldOut.length);
    this.#recorder.change({ previews: { step, count } });
    return scores;
  }
}

/** Judges a run on its held-out photos: measures, shows crops, keeps the best weights, notices when nothing improves. */
import { networks } from '../../models/networks.ts';
import { loadNetwork } from '../engine/load-network.ts';
import type { Collection } from './collection.ts';
import { heldOutScores } from './held-out.ts';
import { PhotoCache } from './photos.ts';
import { networkOnnx } from './publish-model.ts';
import type { Best, Run, RunFiles } from './run-files.ts';
import { previewCount, writePreview } from './run-previews.ts';
import type { RunRecorder } from './run-recorder.ts';
import type { Scores } from './scores.ts';
import { taskOf } from './tasks/task.ts';

/** Measurements without a new best after which a run has nothing more to learn, from the middle of it on. */
const patience = 8;
/** Held-out photos are few. */
const cacheBytes = 256 * 2 ** 20;

export class Judge {
  readonly #run: Run;
  readonly #files: RunFiles<Run>;
  readonly #heldOut: readonly string[];
  readonly #recorder: RunRecorder;
  readonly #photos: PhotoCache;
  #best: Best | undefined;
  #sinceBest = 0;

  /** @param best of what was measured before the run was resumed */
  constructor(
    run: Run,
    files: RunFiles<Run>,
    { heldOut, noisyPaths }: Collection,
    recorder: RunRecorder,
    best: Best | undefined,
  ) {
    this.#run = run;
    this.#files = files;
    this.#heldOut = heldOut;
    this.#recorder = recorder;
    this.#photos = new PhotoCache(cacheBytes, { learnsFrom: taskOf(run.task).learnsFrom, noisyPaths });
    this.#best = best;
  }

  /** The weights with the highest PSNR so far. */
  get best(): Best | undefined {
    return this.#best;
  }

  hasStalled(step: number, steps: number): boolean {
    return this.#sinceBest >= patience && step > steps / 2;
  }

  /** Measures what training has reached, and keeps it when it is the best. @returns PSNR in dB */
  async judge(ema: Float32Array, step: number): Promise<number> {
    const { psnr } = await this.measure(ema, step);
    this.#sinceBest += 1;
    this.#recorder.change({ psnr });
    if (this.#best && psnr <= this.#best.psnr) return psnr;
    this.#best = { step, psnr, ema };
    this.#sinceBest = 0;
    await this.#files.writeBest(this.#best);
    this.#recorder.change({ best: { step, psnr } });
    return psnr;
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

/** What a variational encoder makes of pictures: a distribution each, of which codes can be drawn. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { gaussian } from '../../main/engine/gaussian.ts';
import { loadGraph } from '../../main/engine/load-graph.ts';
import type { CoderOnnx } from '../../main/generate/coder-onnx.ts';
import { toMatrix } from '../../main/generate/finish.ts';
import type { Matrix } from '../../main/generate/matrix.ts';
import type { PictureSet } from '../../main/generate/pictures.ts';

interface Posteriors {
  /** [N, latent], in a row */
  readonly mu: Float32Array;
  /** ln sigma², likewise */
  readonly logvar: Float32Array;
}

export async function posteriors(
  { encoder }: Pick<CoderOnnx, 'encoder'>,
  pictures: PictureSet,
): Promise<Posteriors> {
  const graph = await loadGraph(encoder);
  const { count, channels, size } = pictures;
  const input = { shape: [count, channels, size, size], data: toMatrix(pictures).values };
  const { mu, logvar } = await graph.run({ input });
  await graph.dispose();
  if (!mu || !logvar) throw new Error('the encoder is not variational');
  return { mu, logvar };
}

/** A code of each picture: together, draws of the aggregated posterior. */
export async function posteriorCodes(
  coder: Pick<CoderOnnx, 'encoder'>,
  pictures: PictureSet,
  seed: number,
): Promise<Matrix> {
  const { mu, logvar } = await posteriors(coder, pictures);
  const noise = new Float32Array(mu.length);
  gaussian(xoroshiro128plus(seed), noise, 1);
  const values = mu.map((mean, i) => mean + Math.exp((logvar[i] ?? 0) / 2) * (noise[i] ?? 0));
  return { rows: pictures.count, columns: mu.length / pictures.count, values };
}

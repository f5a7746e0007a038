/**
 * What the lesson's figures leave out. Its encoder predicts z: codes are drawn with a deviation of exp(z), but the
 * divergence is charged as if exp(z) were a variance, (mu² + exp(z) - 1 - z) / 2. A deviation below one then costs
 * about half of what it does, (mu² + exp(2z) - 1 - 2z) / 2.
 */
import { loadGraph } from '../../main/engine/load-graph.ts';
import type { CoderOnnx } from '../../main/generate/coder-onnx.ts';
import { toMatrix } from '../../main/generate/finish.ts';
import type { PictureSet } from '../../main/generate/pictures.ts';

/** Nats a picture by which the divergence of the codes is larger than the lesson counts it. */
export async function uncounted({ encoder }: CoderOnnx, pictures: PictureSet): Promise<number> {
  const graph = await loadGraph(encoder);
  const { count, channels, size } = pictures;
  const shape = [count, channels, size, size];
  const { logvar = new Float32Array() } = await graph.run({
    input: { shape, data: toMatrix(pictures).values },
  });
  await graph.dispose();
  const nats = logvar.reduce((sum, value) => sum + uncountedOf(value / 2), 0);
  return nats / count;
}

/** The mean cancels: (exp(2z) - exp(z) - z) / 2. */
function uncountedOf(z: number): number {
  return (Math.exp(2 * z) - Math.exp(z) - z) / 2;
}

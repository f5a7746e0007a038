/**
 * What the lesson's figures leave out. Its encoder predicts z: codes are drawn with a deviation of exp(z), but the
 * divergence is charged as if exp(z) were a variance, (mu² + exp(z) - 1 - z) / 2. A deviation below one then costs
 * about half of what it does, (mu² + exp(2z) - 1 - 2z) / 2.
 */
import type { CoderOnnx } from '../../main/generate/coder-onnx.ts';
import type { PictureSet } from '../../main/generate/pictures.ts';
import { posteriors } from './posterior.ts';

/** Nats a picture by which the divergence of the codes is larger than the lesson counts it. */
export async function uncounted(coder: CoderOnnx, pictures: PictureSet): Promise<number> {
  const { logvar } = await posteriors(coder, pictures);
  const nats = logvar.reduce((sum, value) => sum + uncountedOf(value / 2), 0);
  return nats / pictures.count;
}

/** The mean cancels: (exp(2z) - exp(z) - z) / 2. */
function uncountedOf(z: number): number {
  return (Math.exp(2 * z) - Math.exp(z) - z) / 2;
}

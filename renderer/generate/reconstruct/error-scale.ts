/** Where a reconstruction's error lies among those of pictures that the model has not seen. */

export interface ErrorScale {
  /** Shares of the width: the middle nine tenths of usual errors, and this one. */
  readonly from: number;
  readonly to: number;
  readonly here: number;
}

/** @param usual errors of held-out pictures, ascending; undefined is returned without any */
export function errorScale(mse: number, usual: readonly number[]): ErrorScale | undefined {
  const worst = usual.at(-1);
  if (worst === undefined) return undefined;
  const end = Math.max(mse, worst) * 1.1;
  const at = (share: number) => usual[Math.round(share * (usual.length - 1))] ?? worst;
  return { from: at(0.05) / end, to: at(0.95) / end, here: mse / end };
}

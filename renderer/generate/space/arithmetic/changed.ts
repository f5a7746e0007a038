/** code + the sum of amount x direction */
export function changed(
  code: readonly number[],
  changes: readonly { readonly direction: readonly number[]; readonly amount: number }[],
): number[] {
  return code.map((value, i) =>
    changes.reduce((sum, { direction, amount }) => sum + amount * (direction[i] ?? 0), value),
  );
}

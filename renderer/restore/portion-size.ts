/** How long a portion may take, so that what is pressed meanwhile is opened soon: ms. */
const longest = 250;
const largest = 32;

/** How many files to open next, after so many took so long; the first alone, so that it is there at once. */
export function portionSize(last?: { readonly count: number; readonly ms: number }): number {
  if (!last) return 1;
  const fitting = Math.floor((last.count * longest) / Math.max(1, last.ms));
  return Math.max(1, Math.min(largest, last.count * 4, fitting));
}

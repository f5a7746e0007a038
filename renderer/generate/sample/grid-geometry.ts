/** How many pictures a row make them largest. */

export interface Room {
  readonly width: number;
  readonly height: number;
}

/** What stands between pictures and below each of them, CSS pixels. */
export const gap = 8;
export const caption = 28;
const smallest = 56;

/** Columns for so many square pictures with captions, and the side of each; what does not fit is scrolled to. */
export function gridFor(count: number, { width, height }: Room): { columns: number; side: number } {
  let best = { columns: 1, side: 0 };
  for (let columns = 1; columns <= Math.max(1, count); columns++) {
    const rows = Math.ceil(count / columns);
    const across = (width - (columns - 1) * gap) / columns;
    const down = (height - (rows - 1) * gap) / rows - caption;
    const side = Math.floor(Math.min(across, down));
    if (side > best.side) best = { columns, side };
  }
  if (best.side >= smallest) return best;
  const columns = Math.max(1, Math.floor((width + gap) / (smallest + gap)));
  return { columns, side: smallest };
}

/** Which of the strip's items are in sight; the others are not drawn at all. */
export interface Strip {
  readonly count: number;
  /** Height of an item with its gap, CSS pixels. */
  readonly item: number;
  /** How far it is scrolled. */
  readonly top: number;
  /** Height of the part in sight. */
  readonly height: number;
}

/** Items drawn beyond either edge, so that none is missing while it is scrolled. */
const beyond = 6;

/** Indices of the items to draw, `to` not included, and the room of those before and behind them. */
export function drawnItems({ count, item, top, height }: Strip) {
  const from = clamp(Math.floor(top / item) - beyond, count);
  const to = clamp(Math.ceil((top + height) / item) + beyond, count);
  return { from, to, before: from * item, behind: (count - to) * item };
}

/** How far to scroll so that an item is in sight as a whole; where it is already, as far as it is. */
export function scrolledTo(index: number, { item, top, height }: Omit<Strip, 'count'>): number {
  return Math.max(0, Math.min(Math.max(top, (index + 1) * item - height), index * item));
}

const clamp = (index: number, count: number) => Math.min(count, Math.max(0, index));

/** In which order the frames of a film are loaded, and what stands for those that have not come. */

/** 0..count - 1: first and last, then ever finer between them. */
export function coarseToFine(count: number): number[] {
  const order = new Set([0, count - 1]);
  for (let step = 2 ** Math.ceil(Math.log2(Math.max(1, count))); step >= 1; step /= 2) {
    for (let frame = 0; frame < count; frame += step) order.add(frame);
  }
  return [...order];
}

/** The frame at a place, or the nearest that is there; undefined when none is. */
export function nearestLoaded<T>(frames: readonly (T | undefined)[], place: number): T | undefined {
  for (let far = 0; far < frames.length; far++) {
    const found = frames[place - far] ?? frames[place + far];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Frames evenly along a film, the first and last among them. */
export function spread(frames: number, count: number): number[] {
  if (frames <= count) return Array.from({ length: frames }, (_, frame) => frame);
  return Array.from({ length: count }, (_, i) => Math.round((i * (frames - 1)) / (count - 1)));
}

/** The first alone, so that it is there at once; then more and more, up to so many. */
const largest = 16;

/** Divides what is opened at once into portions, in order. */
export function portions<T>(all: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let from = 0, size = 1; from < all.length; from += size, size = Math.min(largest, size * 4))
    parts.push(all.slice(from, from + size));
  return parts;
}

/** Tells want of memory from other failures, as the engines and their providers word it. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && /memory|alloc|8007000e/i.test(error.message);
}

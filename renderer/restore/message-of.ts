/** The sentence of an error for the person. */
export function messageOf(error: unknown): string {
  // Failures cross the bridge as plain data, with the same field.
  const hasMessage = typeof error === 'object' && error !== null && 'message' in error;
  return String(hasMessage ? error.message : error);
}

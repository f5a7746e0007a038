/** A model that cannot be used; the message names it and the reason. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly code = 'model-unusable';
}

/** A collection that cannot be trained on. */
export class CollectionError extends Error {
  override readonly name = 'CollectionError';
  readonly code = 'collection';
}

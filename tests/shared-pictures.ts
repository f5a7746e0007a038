/** The pictures that lie beside the repository where it is developed; a public checkout has none of them. */
import { existsSync } from 'node:fs';

/** Folder of the shared pictures, ending in a slash. */
export const sharedPictures = new URL('../../shared/data/', import.meta.url).pathname;

/** Put into a test's title, so that a skip says why. */
export const sharedPicturesMissing = !existsSync(sharedPictures);
export const needsSharedPictures = sharedPicturesMissing ? ' (skipped: ../shared/data is not here)' : '';

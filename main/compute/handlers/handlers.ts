/** Every method of the compute process. */
import { Networks } from '../networks.ts';
import { PictureStore } from '../picture-store.ts';
import type { Handlers } from '../protocol.ts';
import { ResultStore } from '../result-store.ts';
import { deviceHandlers } from './devices.ts';
import { pictureHandlers } from './pictures.ts';
import { restoreHandlers } from './restore.ts';

export function createHandlers(): Partial<Handlers> {
  const stores = { pictures: new PictureStore(), results: new ResultStore(), networks: new Networks() };
  return { ...deviceHandlers, ...pictureHandlers(stores), ...restoreHandlers(stores) };
}

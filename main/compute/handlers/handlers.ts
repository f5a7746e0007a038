/** Every method of the compute process. */

import { Devices } from '../../devices/devices.ts';
import { machineTrial } from '../../devices/trial.ts';
import { Generators } from '../generators.ts';
import { Networks } from '../networks.ts';
import { PictureStore } from '../picture-store.ts';
import type { Handlers } from '../protocol.ts';
import { ResultStore } from '../result-store.ts';
import { RightOfWay } from '../right-of-way.ts';
import { datasetHandlers } from './dataset.ts';
import { deviceHandlers } from './devices.ts';
import { generateHandlers } from './generate.ts';
import { modelHandlers } from './models.ts';
import { pictureHandlers } from './pictures.ts';
import { restoreHandlers } from './restore.ts';
import { spaceHandlers } from './space.ts';
import { trainingHandlers } from './training.ts';

export function createHandlers(): Handlers {
  const parts = {
    pictures: new PictureStore(),
    results: new ResultStore(),
    networks: new Networks(),
    generators: new Generators(),
    devices: new Devices(machineTrial),
    rightOfWay: new RightOfWay(),
  };
  return {
    ...datasetHandlers,
    ...deviceHandlers(parts),
    ...generateHandlers(parts),
    ...modelHandlers,
    ...pictureHandlers(parts),
    ...restoreHandlers(parts),
    ...spaceHandlers(parts),
    ...trainingHandlers(parts),
  };
}

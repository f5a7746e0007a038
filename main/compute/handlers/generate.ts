import type { Devices } from '../../devices/devices.ts';
import { trainingChoice } from '../../devices/training-choice.ts';
import { answer } from '../../generate/answers.ts';
import { draw, drawnNovelty, learntPicture, sample } from '../../generate/drawing.ts';
import { lookAt } from '../../generate/look-at.ts';
import { drawnPicture, type Enlarge, saveDrawn } from '../../generate/save-drawn.ts';
import { trainGenerator } from '../../generate/train.ts';
import { encode } from '../../image/encode.ts';
import { applyNetwork } from '../../restore/apply-network.ts';
import type { Generators } from '../generators.ts';
import type { Networks } from '../networks.ts';
import type { Handlers } from '../protocol.ts';
import type { RightOfWay } from '../right-of-way.ts';

type Method =
  | 'trainGenerator'
  | 'generate'
  | 'draw'
  | 'drawEnlarged'
  | 'learntPicture'
  | 'sample'
  | 'drawnNovelty'
  | 'lookAt'
  | 'saveDrawn';

interface Parts {
  readonly generators: Generators;
  readonly networks: Networks;
  readonly rightOfWay: RightOfWay;
  readonly devices: Devices;
}

/** What a person waits for in the window goes before the next tile of a restoration. */
export function generateHandlers({
  generators,
  networks,
  rightOfWay,
  devices,
}: Parts): Pick<Handlers, Method> {
  // Small pictures: a graphics card would be no faster.
  const enlargeWith =
    (upscaler: string): Enlarge =>
    async (picture) =>
      applyNetwork(picture, await networks.load(upscaler, 'cpu'), {});
  return {
    trainGenerator: async (request, { signal, progress }) => {
      const chosen = await trainingChoice(devices, request);
      return trainGenerator({ ...request, ...chosen }, signal, progress, (...failure) =>
        devices.failed(...failure),
      );
    },
    generate: (request, { signal }) =>
      generators.use(request.model, (generator) => answer(generator, request, signal)),
    draw: (params) =>
      rightOfWay.first(() => generators.use(params.model, (generator) => draw(generator, params))),
    drawEnlarged: ({ model, enlarge, ...drawn }) =>
      generators.use(model, async (generator) =>
        encode(await drawnPicture(generator, drawn, enlargeWith(enlarge)), model, shownAs),
      ),
    saveDrawn: (params, { signal }) =>
      generators.use(params.model, (generator) =>
        saveDrawn(
          generator,
          params,
          params.enlarge === undefined ? undefined : enlargeWith(params.enlarge),
          signal,
        ),
      ),
    learntPicture: ({ model, index }) =>
      rightOfWay.first(() => generators.use(model, (generator) => learntPicture(generator, index))),
    sample: (params) => generators.use(params.model, async (generator) => sample(generator, params)),
    lookAt: (params) => generators.use(params.model, (generator) => lookAt(generator, params)),
    drawnNovelty: ({ model, drawn }) => generators.use(model, (generator) => drawnNovelty(generator, drawn)),
  };
}

const shownAs = { format: 'png', quality: 100, stripMetadata: false } as const;

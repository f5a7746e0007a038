import type { Devices } from '../../devices/devices.ts';
import { answer } from '../../generate/answers.ts';
import { draw, drawnNovelty, learntPicture, sample } from '../../generate/drawing.ts';
import { trainGenerator } from '../../generate/train.ts';
import type { Generators } from '../generators.ts';
import type { Handlers } from '../protocol.ts';
import type { RightOfWay } from '../right-of-way.ts';

type Method = 'trainGenerator' | 'generate' | 'draw' | 'learntPicture' | 'sample' | 'drawnNovelty';

interface Parts {
  readonly generators: Generators;
  readonly rightOfWay: RightOfWay;
  readonly devices: Devices;
}

/** What a person waits for in the window goes before the next tile of a restoration. */
export function generateHandlers({ generators, rightOfWay, devices }: Parts): Pick<Handlers, Method> {
  return {
    trainGenerator: async (request, { signal, progress }) => {
      const device = await devices.choose(request.device, { kind: 'training' });
      return trainGenerator({ ...request, device }, signal, progress);
    },
    generate: (request, { signal }) =>
      generators.use(request.model, (generator) => answer(generator, request, signal)),
    draw: (params) =>
      rightOfWay.first(() => generators.use(params.model, (generator) => draw(generator, params))),
    learntPicture: ({ model, index }) =>
      rightOfWay.first(() => generators.use(model, (generator) => learntPicture(generator, index))),
    sample: (params) => generators.use(params.model, async (generator) => sample(generator, params)),
    drawnNovelty: ({ model, drawn }) => generators.use(model, (generator) => drawnNovelty(generator, drawn)),
  };
}

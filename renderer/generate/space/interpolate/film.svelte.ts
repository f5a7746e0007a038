import { drawnPath, type InterpolationPath, type RequestInput } from '../../../../preload/contract.ts';
import type { Space } from '../space.svelte.ts';
import { coarseToFine, nearestLoaded } from './frame-order.ts';

/** Frames on their way at once. */
const underWay = 3;

export interface Way {
  readonly frames: number;
  readonly path: InterpolationPath;
  readonly loop: boolean;
}

type Frame = HTMLImageElement | undefined;

/** The pictures between kept pictures, loaded from coarse to fine so that one can scrub at once. */
export class Film {
  readonly #space: Space;
  #frames = $state.raw<readonly Frame[]>([]);

  readonly loaded = $derived.by(() => this.#frames.filter(Boolean).length);

  constructor(space: Space) {
    this.#space = space;
  }

  /** The picture of a frame, or of the nearest that has come. */
  at(frame: number): Frame {
    return nearestLoaded(this.#frames, frame);
  }

  /** Makes the film of a way; returns the function that ends it. */
  make(stops: RequestInput<'space.interpolate'>['stops'], way: Way): () => void {
    let wanted = true;
    const { session, model, label } = this.#space;
    void session.try(async () => {
      const codes = await session.client.call('space.interpolate', { stops, ...way });
      if (!wanted) return;
      const order = coarseToFine(codes.length);
      const frames: Frame[] = codes.map(() => undefined);
      const work = async () => {
        for (let frame = order.shift(); frame !== undefined && wanted; frame = order.shift()) {
          const image = new Image();
          const code = Float32Array.from(codes[frame] ?? []);
          image.src = session.client.pixels(drawnPath(model, code, { label }));
          await image.decode();
          frames[frame] = image;
          if (wanted) this.#frames = [...frames];
        }
      };
      await Promise.all(Array.from({ length: underWay }, work));
    });
    return () => {
      wanted = false;
    };
  }
}

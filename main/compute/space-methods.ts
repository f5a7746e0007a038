/** The methods of the compute process for walking through a latent space. */
import type { PlanePlace, RequestInput, RequestOutput, SpacePlane } from '../../preload/contract.ts';
import type { PlaneTile } from '../generate/plane-walk.ts';

/** A request of the window, as it is. */
interface Asked<
  K extends
    | 'space.plane'
    | 'space.encode'
    | 'space.map'
    | 'space.scores'
    | 'space.similar'
    | 'space.classes'
    | 'space.learnt'
    | 'space.direction',
> {
  params: RequestInput<K>;
  result: RequestOutput<K>;
  progress: never;
}

interface OnPlane {
  readonly model: string;
  readonly plane: SpacePlane;
  readonly label?: number | undefined;
}

export interface SpaceMethods {
  spacePlane: Asked<'space.plane'>;
  encodeFiles: Asked<'space.encode'>;
  spaceMap: Asked<'space.map'>;
  mapScores: Asked<'space.scores'>;
  similar: Asked<'space.similar'>;
  collectionClasses: Asked<'space.classes'>;
  learnt: Asked<'space.learnt'>;
  groupDirection: Asked<'space.direction'>;
  /** The picture at a place of a plane: PNG. */
  planePicture: { params: OnPlane & { place: PlanePlace }; result: Uint8Array; progress: never };
  /** A part of a plane: PNG. */
  planeTile: { params: OnPlane & { tile: PlaneTile }; result: Uint8Array; progress: never };
  /** Thumbnails of training pictures in rows: PNG. */
  gathered: { params: { model: string; indices: readonly number[] }; result: Uint8Array; progress: never };
  saveInterpolation: {
    params: RequestInput<'space.saveInterpolation'> & { output: string };
    result: RequestOutput<'space.saveInterpolation'>;
    progress: never;
  };
}

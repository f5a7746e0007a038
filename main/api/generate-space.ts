/** Latent spaces in the window: planes, ways between pictures, maps, directions. */
import { planeUnits, type RequestName, type SpacePlane } from '../../preload/contract.ts';
import { interpolate } from '../generate/interpolate.ts';
import type { Plane } from '../generate/manifold.ts';
import { rowsOf } from '../generate/matrix.ts';
import { codeAtPlace, placeOf } from '../generate/plane-walk.ts';
import { RelumeError } from '../library/failure.ts';
import { resultsFolder } from '../library/paths.ts';
import type { Answers, ApiContext } from './context.ts';

type SpaceRequestName = Extract<RequestName, `space.${string}`>;

export const spaceAnswers = ({ compute, written }: ApiContext): Answers<SpaceRequestName> => ({
  'space.plane': (input) => compute.call('spacePlane', input),
  'space.codeAt': async ({ plane, place }) => [...codeAtPlace(vectors(plane), place)],
  'space.places': async ({ plane, codes }) => {
    const known = vectors(plane);
    return codes.map((code) => placeOf(known, Float32Array.from(code)));
  },
  'space.interpolate': async ({ stops, ...way }) => {
    const codes = interpolate(
      stops.map((stop) => Float32Array.from(stop)),
      way,
    );
    return rowsOf(codes).map((code) => [...code]);
  },
  'space.saveInterpolation': async (input) => {
    const answer = await compute.call('saveInterpolation', { ...input, output: resultsFolder() });
    for (const file of answer.files) written.add(file);
    return answer;
  },
  'space.encode': (input) => compute.call('encodeFiles', input),
  'space.map': (input) => compute.call('spaceMap', input),
  'space.scores': (input) => compute.call('mapScores', input),
  'space.similar': (input) => compute.call('similar', input),
  'space.classes': (input) => compute.call('collectionClasses', input),
  'space.learnt': (input) => compute.call('learnt', input),
  'space.direction': (input) => compute.call('groupDirection', input),
});

type Parts<K extends string> = Readonly<Record<K, string>>;

/** The picture at a place of a plane, by the parts of its address. */
export function readPlanePicture(
  { compute }: ApiContext,
  { x, y, ...where }: Parts<'model' | 'label' | 'plane' | 'x' | 'y'>,
): Promise<Uint8Array> {
  const place = { x: Number(x) / planeUnits, y: Number(y) / planeUnits };
  return compute.call('planePicture', { ...onPlane(where), place });
}

/** A part of a plane, by the parts of its address. */
export function readPlaneTile(
  { compute }: ApiContext,
  { level, x, y, ...where }: Parts<'model' | 'label' | 'plane' | 'level' | 'x' | 'y'>,
): Promise<Uint8Array> {
  const tile = { level: Number(level), x: Number(x), y: Number(y) };
  return compute.call('planeTile', { ...onPlane(where), tile });
}

/** Thumbnails of training pictures, by the parts of their address. */
export function readGathered(
  { compute }: ApiContext,
  { model, indices }: Parts<'model' | 'indices'>,
): Promise<Uint8Array> {
  return compute.call('gathered', { model, indices: indices.split('-').map(Number) });
}

function onPlane({ model, label, plane }: Parts<'model' | 'label' | 'plane'>) {
  return { model, plane: planeOf(plane), ...(label !== 'any' && { label: Number(label) }) };
}

/** A plane as an address holds it: its three vectors one after the other. */
function planeOf(text: string): SpacePlane {
  // A copy: in Node's own memory the bytes may begin anywhere.
  const bytes = Uint8Array.from(Buffer.from(text, 'base64url'));
  if (bytes.length % (3 * Float32Array.BYTES_PER_ELEMENT) !== 0) {
    throw new RelumeError({ code: 'bad-request', message: 'The address of this picture is not whole.' });
  }
  const values = [...new Float32Array(bytes.buffer)];
  const latent = values.length / 3;
  const vector = (which: number) => values.slice(which * latent, (which + 1) * latent);
  return { origin: vector(0), across: vector(1), down: vector(2) };
}

function vectors({ origin, across, down }: SpacePlane): Plane {
  return {
    origin: Float32Array.from(origin),
    across: Float32Array.from(across),
    down: Float32Array.from(down),
  };
}

import { gatheredColumns, type SpacePlane } from '../../../preload/contract.ts';
import { encodeFiles } from '../../generate/encode-files.ts';
import { groupDirection } from '../../generate/groups.ts';
import { interpolate } from '../../generate/interpolate.ts';
import { collectionClasses, learntPictures, similarPictures, thumbnailSheet } from '../../generate/learnt.ts';
import type { Plane } from '../../generate/manifold.ts';
import { mapInThread, scoresInThread } from '../../generate/map-thread.ts';
import { drawnPlane, drawnTile, shownPlane } from '../../generate/plane-pictures.ts';
import { SpaceMaps } from '../../generate/space-map.ts';
import { writeFrames } from '../../generate/write-frames.ts';
import { makeFolder } from '../../library/make-folder.ts';
import type { Generators } from '../generators.ts';
import type { Handlers } from '../protocol.ts';
import type { RightOfWay } from '../right-of-way.ts';
import type { SpaceMethods } from '../space-methods.ts';

interface Parts {
  readonly generators: Generators;
  readonly rightOfWay: RightOfWay;
}

const maps = new SpaceMaps({ map: mapInThread, scores: scoresInThread });

/** The picture under the pointer goes before the tiles around it. */
export const spaceHandlers = ({ generators, rightOfWay }: Parts): Pick<Handlers, keyof SpaceMethods> => ({
  spacePlane: ({ model, through }) =>
    generators.use(model, async (generator) => shownPlane(generator, through)),
  planePicture: ({ model, plane, label, place }) =>
    rightOfWay.first(() =>
      generators.use(model, (generator) => drawnPlane(generator, vectors(plane), place, label)),
    ),
  planeTile: ({ model, plane, label, tile }) =>
    generators.use(model, (generator) =>
      drawnTile(generator, vectors(plane), tile, label, () => rightOfWay.free()),
    ),
  encodeFiles: ({ model, paths, label }) =>
    generators.use(model, (generator) => encodeFiles(generator, paths, label)),
  spaceMap: ({ model, layout }) => generators.use(model, (generator) => maps.map(generator, layout)),
  mapScores: ({ model }) => generators.use(model, (generator) => maps.scores(generator)),
  similar: ({ model, index, count }) =>
    generators.use(model, async (generator) => similarPictures(generator, index, count)),
  collectionClasses: ({ model }) => generators.use(model, async (generator) => collectionClasses(generator)),
  learnt: ({ model, pictures }) =>
    generators.use(model, async (generator) => learntPictures(generator, pictures)),
  groupDirection: ({ model, having, without }) =>
    generators.use(model, async ({ training }) => groupDirection(training, having, without)),
  gathered: ({ model, indices }) =>
    rightOfWay.first(() =>
      generators.use(model, (generator) => thumbnailSheet(generator, indices, gatheredColumns)),
    ),
  saveInterpolation: ({ model, stops, label = 0, output, ...way }, { signal }) =>
    generators.use(model, async (generator) => {
      const codes = interpolate(
        stops.map((stop) => Float32Array.from(stop)),
        way,
      );
      const labels = Array.from({ length: codes.rows }, () => label);
      const drawn = generator.toPictures(await generator.coder.decode(codes, labels));
      signal.throwIfAborted();
      await makeFolder(output);
      return { files: await writeFrames(drawn, { output, ...way }, signal) };
    }),
});

function vectors({ origin, across, down }: SpacePlane): Plane {
  return {
    origin: Float32Array.from(origin),
    across: Float32Array.from(across),
    down: Float32Array.from(down),
  };
}

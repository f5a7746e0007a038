import { displayTile } from '../../image/display-tile.ts';
import { estimateSigma } from '../../image/noise-estimate.ts';
import { RelumeError } from '../../library/failure.ts';
import type { PictureStore } from '../picture-store.ts';
import type { Handlers } from '../protocol.ts';
import type { ResultStore } from '../result-store.ts';
import type { RightOfWay } from '../right-of-way.ts';

interface Parts {
  readonly pictures: PictureStore;
  readonly results: ResultStore;
  readonly rightOfWay: RightOfWay;
}

export const pictureHandlers = ({
  pictures,
  results,
  rightOfWay,
}: Parts): Pick<Handlers, 'open' | 'close' | 'tile'> => ({
  open: async ({ path }) => {
    const { picture } = await pictures.open(path);
    const { width, height, depth, format, note } = picture;
    return {
      width,
      height,
      depth,
      format,
      sigma: estimateSigma(picture),
      ...(note !== undefined && { note }),
    };
  },
  close: async ({ path }) => {
    pictures.close(path);
    return null;
  },
  tile: ({ path, layer, level, x, y }) =>
    rightOfWay.first(async () => {
      const picture = layer === 'source' ? (await pictures.open(path)).picture : results.layer(layer);
      if (!picture) throw new RelumeError(gone);
      return displayTile(picture, level, x, y);
    }),
});

const gone = { code: 'no-such-layer', message: 'This preview is not kept any more; it can be made again.' };

import { displayTile } from '../../image/display-tile.ts';
import { estimateSigma } from '../../image/noise-estimate.ts';
import { RelumeError } from '../failure.ts';
import type { PictureStore } from '../picture-store.ts';
import type { Handlers } from '../protocol.ts';
import type { ResultStore } from '../result-store.ts';

interface Stores {
  readonly pictures: PictureStore;
  readonly results: ResultStore;
}

export const pictureHandlers = ({
  pictures,
  results,
}: Stores): Pick<Handlers, 'open' | 'close' | 'tile'> => ({
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
  tile: async ({ path, layer, level, x, y }) => {
    const picture = layer === 'source' ? (await pictures.open(path)).picture : results.layer(layer);
    if (!picture) throw new RelumeError(gone);
    return displayTile(picture, level, x, y);
  },
});

const gone = { code: 'no-such-layer', message: 'This preview is not kept any more; it can be made again.' };

import { readdir } from 'node:fs/promises';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import { gaussian } from '../../../main/engine/gaussian.ts';
import { decode } from '../../../main/image/decode.ts';
import type { Picture } from '../../../main/image/picture.ts';
import { tiledInMemory } from '../../../main/image/tiled-picture.ts';
import { readModels } from '../../../main/library/models.ts';
import { bundledModels } from '../../../main/library/paths.ts';
import { unlikeTraining } from '../../../main/restore/unlike-training.ts';
import type { FeatureRanges, ModelCard } from '../../../preload/contract.ts';
import { needsSharedPictures, sharedPictures, sharedPicturesMissing } from '../../shared-pictures.ts';
import { randomPicture } from '../image/samples.ts';

const features: FeatureRanges = {
  noise: [0, 2],
  detail: [0.1, 0.3],
  blocks: [1, 1.05],
  colourfulness: [10, 80],
  brightness: [60, 190],
};
const card = (task: ModelCard['task'], seen?: FeatureRanges): ModelCard => ({
  id: 'm',
  name: 'M',
  task,
  scale: 1,
  summary: '',
  licence: '',
  data: '',
  steps: 0,
  pixels: 0,
  parameters: 0,
  kMacPerPixel: 0,
  scores: [],
  sha256: '',
  ...(seen && { features: seen }),
});

/** A ramp of one hue, and what is added to each sample. */
function ramp(add: (index: number) => number = () => 0, side = 128): Picture {
  const data = Uint8Array.from({ length: side * side * 3 }, (_, i) => {
    const x = Math.floor(i / 3) % side;
    return Math.max(0, 60 + x + (i % 3) * 20 + add(i));
  });
  return { width: side, height: side, channels: 3, depth: 8, data, format: 'png', metadata: {} };
}
const about = (picture: Picture, model: ModelCard) => unlikeTraining(tiledInMemory(picture), model);

describe('unlikeTraining', () => {
  const noise = randomPicture(128, 128, 3, 8);
  const grain = ramp((i) => ((noise.data[i] ?? 0) - 127.5) * 0.3);

  it('says nothing of a picture within what was seen, of models that do not know, and of tiny pictures', () => {
    expect(about(ramp(), card('upscale', features))).toBeUndefined();
    expect(about(grain, card('upscale'))).toBeUndefined();
    expect(
      about(
        ramp((i) => (i % 5) * 20, 40),
        card('upscale', features),
      ),
    ).toBeUndefined();
  });

  it('names what is more than was seen, and what helps where the model itself does not', () => {
    expect(about(grain, card('upscale', features))).toBe(
      'The picture is noisier than what M was trained on. Denoise it first.',
    );
    expect(about(grain, card('denoise', features))).toBe(
      'The picture is noisier than what M was trained on.',
    );
    expect(about(grain, card('denoise', { ...features, noise: [0, 75] }))).toBeUndefined();
  });

  it('names the blocks of strong JPEG compression, and darkness', () => {
    // Steps of 12 levels between squares of 8 x 8 of a dark picture with fine texture.
    const blocks = ramp((i) => {
      const [x, y] = [Math.floor(i / 3) % 128, Math.floor(i / 3 / 128)];
      return ((x >> 3) % 2) * 12 + ((y >> 3) % 2) * 12 + ((x * 7 + y * 5) % 4) * 2;
    });
    expect(about(blocks, card('denoise', features))).toContain('shows stronger JPEG blocks');
    expect(about(blocks, card('denoise', features))).toContain('Remove the JPEG artefacts first.');
    expect(about(blocks, card('artefacts', features))).not.toContain('first');
    const dark = { ...ramp(), data: ramp().data.map((value) => value >> 4) };
    expect(about(dark, card('denoise', { ...features, brightness: [100, 140] }))).toContain('is darker');
  });

  it('every bundled model that restores knows what it saw', async () => {
    const { models } = await readModels([bundledModels]);
    expect(models.length).toBeGreaterThan(5);
    const how = 'CARDS=write npx vitest run --project bench tests/bench/card-features.bench.ts';
    for (const { id, card: own } of models) expect(own.features, `${id}: ${how}`).toBeDefined();
  });

  it.skipIf(sharedPicturesMissing)(
    `says nothing of ordinary photographs: real noise, noise that was added, another domain${needsSharedPictures}`,
    async () => {
      const { models } = await readModels([bundledModels]);
      const own = (id: string) => models.find((each) => each.id === id)?.card;
      const said: string[] = [];
      const look = async (folder: string, ids: readonly string[], sigma = 0, every = 1) => {
        const names = (await readdir(`${sharedPictures}${folder}`)).filter((_, i) => i % every === 0);
        for (const name of names) {
          const photo = await decode(`${sharedPictures}${folder}/${name}`);
          const seen = tiledInMemory(sigma === 0 ? photo : withNoise(photo, sigma));
          for (const id of ids) {
            const note = unlikeTraining(seen, own(id));
            if (note !== undefined) said.push(`${folder}/${name}: ${note}`);
          }
        }
      };
      await look('test/real/noisy', ['denoise-fast', 'denoise-photo'], 0, 2);
      await look('test/cbsd68', ['denoise-fast'], 25, 9);
      await look('domain/heldout', ['denoise-photo', 'upscale-2x', 'artefacts'], 0, 2);
      expect(said).toEqual([]);
    },
  );
});

function withNoise(picture: Picture, sigma: number): Picture {
  const noise = new Float32Array(picture.data.length);
  gaussian(xoroshiro128plus(7), noise, sigma);
  const data = Uint8Array.from(picture.data, (value, i) =>
    Math.min(255, Math.max(0, Math.round(value + (noise[i] ?? 0)))),
  );
  return { ...picture, data };
}

/** Whether a picture is far from what a model saw in training. */
import {
  type FeatureName,
  type FeatureRanges,
  featureNames,
  type ModelCard,
} from '../../preload/contract.ts';
import { featuresOf } from '../image/features.ts';
import type { TiledPicture } from '../image/tiled-picture.ts';

/**
 * How far outside what was seen a picture must be: by this, or by half of what was seen where that is more. Chosen so
 * that ordinary photographs are not named: cameras write visible blocks at high ISO settings, and aerial photographs are grainy.
 */
const margins: Readonly<Record<FeatureName, number>> = {
  noise: 8,
  detail: 0.2,
  blocks: 2,
  colourfulness: 30,
  brightness: 25,
};

/** What is said of a picture with less or more of each; not all of it matters. */
const words: Readonly<Record<FeatureName, { readonly less?: string; readonly more?: string }>> = {
  noise: { more: 'is noisier' },
  detail: { less: 'is softer', more: 'changes more from pixel to pixel' },
  blocks: { more: 'shows stronger JPEG blocks' },
  colourfulness: { more: 'is more colourful' },
  brightness: { less: 'is darker', more: 'is brighter' },
};

/** What helps, for models that do not do it themselves. */
const advice: readonly (readonly [feature: FeatureName, task: ModelCard['task'], sentence: string])[] = [
  ['noise', 'denoise', 'Denoise it first.'],
  ['blocks', 'artefacts', 'Remove the JPEG artefacts first.'],
];

/** One or two sentences for the person; undefined where there is nothing to say. */
export function unlikeTraining(picture: TiledPicture, card: ModelCard | undefined): string | undefined {
  if (!card?.features) return undefined;
  const features = featuresOf(picture);
  const far = featureNames.flatMap((name) => {
    const side = sideOf(features[name], card.features?.[name], margins[name]);
    const word = side && words[name][side];
    return word === undefined ? [] : [{ name, word }];
  });
  if (far.length === 0) return undefined;
  const helps = advice.filter(
    ([feature, task]) => task !== card.task && far.some(({ name }) => name === feature),
  );
  const note = `The picture ${far.map(({ word }) => word).join(' and ')} than what ${card.name} was trained on.`;
  return [note, ...helps.map(([, , sentence]) => sentence)].join(' ');
}

function sideOf(
  value: number | undefined,
  range: FeatureRanges[FeatureName],
  margin: number,
): 'less' | 'more' | undefined {
  if (value === undefined || !range) return undefined;
  const [low, high] = range;
  const room = Math.max(margin, (high - low) / 2);
  if (value < low - room) return 'less';
  return value > high + room ? 'more' : undefined;
}

/** How many pictures a model needs, and what to expect with fewer. */
import type { CollectionPurpose } from '../../../preload/contract.ts';

type Sentences = readonly (readonly [from: number, sentence: string])[];

/** Pictures from which on the sentence holds, fewest first. */
const toRestore: Sentences = [
  [0, 'Training needs at least two pictures that can be used.'],
  [2, 'Enough to try it out. Hardly any gain can be expected, and so few held-out pictures say little.'],
  [10, 'A few: adapting a model to one kind of picture can work. From 30 pictures on, gains are steadier.'],
  [30, 'Enough to adapt a model to your kind of picture. To train from scratch, 200 or more are needed.'],
  [200, 'Enough to adapt a model and to train one from scratch. Variety now helps more than number.'],
  [800, 'Plenty, also to train from scratch.'],
];

const toGenerate: Sentences = [
  [0, 'Training needs at least two pictures that can be used.'],
  [2, 'Enough to try it out. From so few it learns them by heart: what it draws are copies and blends.'],
  [100, 'A few: it draws blends of them. From 1,000 pictures on, it begins to draw new ones.'],
  [1000, 'Enough for new pictures, if they are all of one kind, taken alike.'],
  [5000, 'Plenty: what it draws is new. Pictures that are alike in kind and place help more than number.'],
];

/** @param usable pictures that are not left out */
export function advice(usable: number, purpose: CollectionPurpose): string {
  const sentences = purpose === 'restore' ? toRestore : toGenerate;
  return sentences.findLast(([from]) => usable >= from)?.[1] ?? '';
}

/** How many pictures a model needs, and what to expect with fewer. */

/** Pictures from which on the sentence holds, fewest first. */
const sentences: readonly (readonly [from: number, sentence: string])[] = [
  [0, 'Training needs at least two pictures that can be used.'],
  [2, 'Enough to try it out. Hardly any gain can be expected, and so few held-out pictures say little.'],
  [10, 'A few: adapting a model to one kind of picture can work. From 30 pictures on, gains are steadier.'],
  [30, 'Enough to adapt a model to your kind of picture. To train from scratch, 200 or more are needed.'],
  [200, 'Enough to adapt a model and to train one from scratch. Variety now helps more than number.'],
  [800, 'Plenty, also to train from scratch.'],
];

/** @param usable pictures that are not left out */
export function advice(usable: number): string {
  return sentences.findLast(([from]) => usable >= from)?.[1] ?? '';
}

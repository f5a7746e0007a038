import { expect, it } from 'vitest';
import { changed } from '../../../../renderer/generate/space/arithmetic/changed.ts';
import { classColour } from '../../../../renderer/generate/space/map/class-colours.ts';

it('adds every direction as often as it is asked for', () => {
  const changes = [
    { direction: [0, 4], amount: 0.5 },
    { direction: [1, 0], amount: -2 },
  ];
  expect(changed([10, 10], changes)).toEqual([8, 12]);
  expect(changed([1, 2], [])).toEqual([1, 2]);
});

it('gives each class a colour of its own, and pictures without classes another', () => {
  for (const count of [2, 10, 40]) {
    const colours = Array.from({ length: count }, (_, label) => classColour(label, count).join());
    expect(new Set(colours).size).toBe(count);
    expect(colours).not.toContain(classColour(undefined, count).join());
  }
});

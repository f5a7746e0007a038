import { expect, it } from 'vitest';
import { matchPairs } from '../../../../main/train/pairs/match.ts';

it('matches pictures whose names differ in what side they are alone', () => {
  const clean = ['/c/tower.png', '/c/0010_GT_SRGB_001.PNG', '/c/lamp_mean.tif', '/c/Street.JPG'];
  const noisy = [
    '/n/tower.jpg',
    '/n/0010_NOISY_SRGB_001.PNG',
    '/n/lamp_real.tif',
    '/n/street.jpg',
    '/n/more.png',
  ];
  const { pairs, refused } = matchPairs(clean, noisy);
  expect(pairs).toEqual(clean.map((path, i) => ({ clean: path, noisy: noisy[i] })));
  expect(refused).toEqual([]);
});

it('keeps words apart that only contain the name of a side', () => {
  const { pairs } = matchPairs(['/c/cleaner.png', '/c/er.png'], ['/n/er.png', '/n/cleaner.png']);
  expect(pairs).toEqual([
    { clean: '/c/cleaner.png', noisy: '/n/cleaner.png' },
    { clean: '/c/er.png', noisy: '/n/er.png' },
  ]);
});

it('refuses what has no partner, several, or only itself', () => {
  const { pairs, refused } = matchPairs(
    ['/c/alone.png', '/c/twice.png', '/c/same.png', '/c/a.png', '/c/d/a.png'],
    ['/n/twice.png', '/n/twice.jpg', '/c/same.png', '/n/a.png'],
  );
  expect(pairs).toEqual([]);
  expect(refused.map(({ reason }) => reason)).toEqual([
    'No noisy picture is named like alone.png.',
    'Several pictures are named like twice.png, so that it cannot be told which belong together.',
    'same.png was named as clean and as noisy.',
    'Several pictures are named like a.png, so that it cannot be told which belong together.',
    'Several pictures are named like a.png, so that it cannot be told which belong together.',
  ]);
});

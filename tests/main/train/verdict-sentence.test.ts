import { expect, it } from 'vitest';
import { verdictSentence } from '../../../main/train/verdict-sentence.ts';

const method = (name: string, psnr: number, kind: 'new' | 'start' | 'classical') => ({
  id: name,
  name,
  kind,
  psnr,
  ssim: 0.9,
});

it('names the best of the others, and how often that was better still', () => {
  const methods = [
    method('mine', 31, 'new'),
    method('fast', 30.4, 'start'),
    method('bilateral', 28, 'classical'),
  ];
  const pictures = [
    { name: 'a', psnr: [32, 31, 28] },
    { name: 'b', psnr: [30, 30.5, 31] },
  ];
  expect(verdictSentence(methods, pictures)).toEqual({
    sentence: '0.60 dB better than “fast” on your photos; worse on 1 of 2.',
    better: true,
  });
});

it.each([
  [30.43, 'No better than “fast” on your photos.', false],
  [29.9, '0.50 dB worse than “fast” on your photos.', false],
  [30.9, '0.50 dB better than “fast” on your photos, on all 1 of them.', true],
])('says plainly what %f dB against 30.4 mean', (psnr, sentence, better) => {
  const methods = [method('mine', psnr, 'new'), method('fast', 30.4, 'start')];
  expect(verdictSentence(methods, [{ name: 'a', psnr: [psnr, 30.4] }])).toEqual({ sentence, better });
});

it.each([
  ['as it is', '1.00 dB worse than leaving them as they are on your photos.'],
  ['bicubic', '1.00 dB worse than bicubic alone on your photos.'],
])('names the method “%s” so that the sentence can be read', (name, sentence) => {
  const methods = [method('mine', 29, 'new'), method(name, 30, 'classical')];
  expect(verdictSentence(methods, [{ name: 'a', psnr: [29, 30] }]).sentence).toBe(sentence);
});

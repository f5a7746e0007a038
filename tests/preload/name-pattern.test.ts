import { describe, expect, it } from 'vitest';
import { defaultPattern, filledPattern, patternProblem } from '../../preload/name-pattern.ts';

const facts = { name: 'IMG 0042', model: 'upscale-2x', scale: 2, width: 8000, height: 6000 };

describe('filledPattern', () => {
  it.each([
    [defaultPattern(1), 'IMG 0042-denoised'],
    ['{name}-{model}-{scale}x', 'IMG 0042-upscale-2x-2x'],
    ['{width}x{height} {name}', '8000x6000 IMG 0042'],
  ])('of %s is %s', (pattern, name) => {
    expect(filledPattern(pattern, facts, 255)).toBe(name);
  });

  it('takes what the facts hold as text, braces and dollars included', () => {
    const odd = { ...facts, name: '{model} $& {', model: 'a/b:c' };
    expect(filledPattern('{name}_{model}', odd, 255)).toBe('{model} $& {_a_b_c');
  });

  it('shortens the name by whole characters: a family of 25 bytes, an accent with its letter', () => {
    const family = '👩‍👩‍👧‍👦';
    expect(Buffer.byteLength(family)).toBe(25);
    const long = { ...facts, name: `ab${family}${family}` };
    expect(filledPattern('{name}!', long, 53)).toBe(`ab${family}${family}!`);
    expect(filledPattern('{name}!', long, 52)).toBe(`ab${family}!`);
    expect(filledPattern('{name}', { ...facts, name: 'cafe\u0301' }, 5)).toBe('caf');
  });
});

describe('patternProblem', () => {
  it.each([
    defaultPattern(1),
    defaultPattern(2),
    '{name}',
    '{name} ({model}, {scale}x) 🎞️',
    'Été_{width}x{height}_{name}',
  ])('is none for %s', (pattern) => {
    expect(patternProblem(pattern)).toBeUndefined();
  });

  it.each([
    ['', 'A name pattern must contain {name}, or all results were called the same.'],
    ['{model}', 'A name pattern must contain {name}, or all results were called the same.'],
    [
      '{name}-{date}',
      '{date} means nothing in a name pattern; use {name}, {model}, {scale}, {width}, {height}.',
    ],
    ['{name}-{model', 'A brace in the name pattern has no partner.'],
    ['out/{name}', 'The character "/" cannot stand in a file name.'],
    ['..\\{name}', 'The character "\\\\" cannot stand in a file name.'],
    ['{name}: new', 'The character ":" cannot stand in a file name.'],
    ['{name}\n', 'The character "\\n" cannot stand in a file name.'],
    ['.{name}', 'A name pattern must not begin or end with a dot or a space.'],
    ['{name} ', 'A name pattern must not begin or end with a dot or a space.'],
    [`{name}${'x'.repeat(100)}`, 'A name pattern has at most 100 characters.'],
  ])('of %j says why', (pattern, problem) => {
    expect(patternProblem(pattern)).toBe(problem);
  });
});

import { expect, it } from 'vitest';
import { viewerKeyOf } from '../../../../renderer/restore/viewer/keys.ts';
import { shortcutOf } from '../../../../renderer/shortcuts.ts';
import { texts } from '../../../../renderer/texts.ts';

it.each([
  ['S', 'split'],
  ['y', 'side'],
  ['=', 'zoom-in'],
  ['8', 'eightfold'],
  ['\\', 'original'],
])('%s asks for %s', (key, wanted) => {
  expect(viewerKeyOf(key)).toBe(wanted);
});

it('takes no key that means something else in the window', () => {
  for (const key of 'abcdefghijklmnopqrstuvwxyz0123456789+-=[]?') {
    const elsewhere = shortcutOf({ key, control: false, alt: false }, false);
    expect([key, viewerKeyOf(key) !== undefined && elsewhere !== undefined]).toEqual([key, false]);
  }
});

it('every mode’s button names the key that works', () => {
  for (const [mode, { key }] of Object.entries(texts.modes)) expect(viewerKeyOf(key)).toBe(mode);
});

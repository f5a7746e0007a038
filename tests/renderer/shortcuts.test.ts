import { describe, expect, it } from 'vitest';
import { shortcutOf } from '../../renderer/shortcuts.ts';

const press = (key: string, held: { control?: boolean; alt?: boolean; shift?: boolean } = {}) => ({
  key,
  control: held.control ?? false,
  alt: held.alt ?? false,
  shift: held.shift ?? false,
});

describe('shortcutOf', () => {
  it.each([
    ['G', 'proof'],
    ['t', 'theme'],
    ['?', 'keys'],
    ['ArrowDown', 'next'],
  ])('%s asks for %s', (key, shortcut) => {
    expect(shortcutOf(press(key), false)).toBe(shortcut);
  });

  it('leaves digits and arrows to a field that has the focus', () => {
    expect(shortcutOf(press('t'), true)).toBeUndefined();
    expect(shortcutOf(press('ArrowUp'), true)).toBeUndefined();
  });

  it('saves with Ctrl S even from a field', () => {
    expect(shortcutOf(press('s', { control: true }), true)).toBe('save');
  });

  it.each([
    ['z', false, 'undo'],
    ['Z', true, 'redo'],
    ['y', false, 'redo'],
    ['S', true, 'save-all'],
  ])('Ctrl %s, shift %s, asks for %s', (key, shift, shortcut) => {
    expect(shortcutOf(press(key, { control: true, shift }), false)).toBe(shortcut);
  });

  it('leaves undoing in a field to the field', () => {
    expect(shortcutOf(press('z', { control: true }), true)).toBeUndefined();
  });

  it('leaves other combinations to the browser and the system', () => {
    expect(shortcutOf(press('0', { control: true }), false)).toBeUndefined();
    expect(shortcutOf(press('g', { alt: true }), false)).toBeUndefined();
  });
});

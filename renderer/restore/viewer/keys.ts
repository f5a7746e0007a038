import type { Comparison, Mode } from './comparison.svelte.ts';
import type { Viewport } from './viewport.svelte.ts';

/** What a key asks of the viewer. */
export type ViewerKey =
  | Mode
  | 'turn'
  | 'base'
  | 'weaker'
  | 'stronger'
  | 'zoom-in'
  | 'zoom-out'
  | 'fit'
  | 'full'
  | 'double'
  | 'fourfold'
  | 'eightfold'
  | 'minimap'
  | 'loupe'
  | 'original';

const keys: Readonly<Record<string, ViewerKey>> = {
  s: 'split',
  y: 'side',
  h: 'hold',
  d: 'difference',
  m: 'grid',
  v: 'turn',
  k: 'base',
  '[': 'weaker',
  ']': 'stronger',
  '+': 'zoom-in',
  '=': 'zoom-in',
  '-': 'zoom-out',
  '0': 'fit',
  '1': 'full',
  '2': 'double',
  '4': 'fourfold',
  '8': 'eightfold',
  n: 'minimap',
  l: 'loupe',
  b: 'original',
  '\\': 'original',
};

/** What a key asks of the viewer; `key` as in a keyboard event without Ctrl, Alt or Meta. */
export function viewerKeyOf(key: string): ViewerKey | undefined {
  return keys[key.length === 1 ? key.toLowerCase() : key];
}

/** What each key does; of those that are held, what a short press does. */
const actions: Record<ViewerKey, (viewport: Viewport, comparison: Comparison) => void> = {
  split: (_, comparison) => (comparison.mode = 'split'),
  side: (_, comparison) => (comparison.mode = 'side'),
  hold: (_, comparison) => (comparison.mode = 'hold'),
  difference: (_, comparison) => (comparison.mode = 'difference'),
  grid: (_, comparison) => (comparison.mode = 'grid'),
  turn: (_, comparison) => comparison.turn(),
  base: (_, comparison) => comparison.toggleBase(),
  weaker: (_, comparison) => comparison.stepGain(-1),
  stronger: (_, comparison) => comparison.stepGain(1),
  'zoom-in': (viewport) => viewport.zoomStep(1),
  'zoom-out': (viewport) => viewport.zoomStep(-1),
  fit: (viewport) => viewport.fit(),
  full: (viewport) => viewport.zoomTo(1, viewport.focus),
  double: (viewport) => viewport.zoomTo(2, viewport.focus),
  fourfold: (viewport) => viewport.zoomTo(4, viewport.focus),
  eightfold: (viewport) => viewport.zoomTo(8, viewport.focus),
  minimap: (_, comparison) => comparison.toggleMinimap(),
  loupe: (_, comparison) => (comparison.loupe = !comparison.loupe),
  original: (_, comparison) => (comparison.original = true),
};

/** Does what a key asks. */
export function perform(key: ViewerKey, viewport: Viewport, comparison: Comparison): void {
  actions[key](viewport, comparison);
}

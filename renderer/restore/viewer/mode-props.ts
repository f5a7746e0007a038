import type { OpenPicture } from '../open-picture.svelte.ts';
import type { Session } from '../session.svelte.ts';
import type { Comparison } from './comparison.svelte.ts';
import type { Rect } from './view-geometry.ts';
import type { Viewport } from './viewport.svelte.ts';

/** What every way of comparing is given. */
export interface ModeProps {
  session: Session;
  open: OpenPicture;
  viewport: Viewport;
  comparison: Comparison;
  /** Where to draw, CSS pixels in the viewer; each shows the viewport's view. */
  panes: readonly Rect[];
}

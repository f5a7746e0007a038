/** The views of the Generate workspace, in the order of the lesson; each is loaded when it is first looked at. */
import type { Component } from 'svelte';
import type { Generator } from '../../preload/contract.ts';
import type { GenerateSession } from './generate-session.svelte.ts';

/** What every view is given. It is made anew for another model, and stays, hidden, while another view is in sight. */
export interface ViewProps {
  session: GenerateSession;
  model: Generator;
  /** Whether it is in sight. */
  shown: boolean;
}

interface View {
  readonly id: ModelViewId;
  readonly load: () => Promise<{ default: Component<ViewProps> }>;
}

/** Of every view; Train needs no model. */
export type ViewId = 'train' | ModelViewId;

type ModelViewId = 'sample' | 'reconstruct' | 'plane' | 'interpolate' | 'map' | 'arithmetic';

export const views: readonly View[] = [
  { id: 'sample', load: () => import('./sample/Sample.svelte') },
  { id: 'reconstruct', load: () => import('./reconstruct/Reconstruct.svelte') },
  { id: 'plane', load: () => import('./space/plane/Plane.svelte') },
  { id: 'interpolate', load: () => import('./space/interpolate/Interpolate.svelte') },
  { id: 'map', load: () => import('./space/map/Map.svelte') },
  { id: 'arithmetic', load: () => import('./space/arithmetic/Arithmetic.svelte') },
];

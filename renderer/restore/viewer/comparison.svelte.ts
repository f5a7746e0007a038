import type { Session } from '../session.svelte.ts';
import { type Base, type Gain, gains } from './difference.ts';
import { GridCells } from './grid-cells.svelte.ts';
import type { Direction } from './pane-geometry.ts';

/** Ways to compare, in the order of their buttons. */
export const modes = ['split', 'side', 'hold', 'difference', 'grid'] as const;
export type Mode = (typeof modes)[number];

/** How much larger than the viewer a loupe can show. */
export const loupeFactors = [2, 3, 4] as const;

/** How two pictures are compared, whatever part of them is in sight. */
export class Comparison {
  readonly cells: GridCells;
  #mode = $state<Mode>('split');
  #directions = $state.raw<{ readonly [M in Mode]?: Direction }>({});
  #roomier = $state<Direction>('beside');
  #split = $state(0.5);
  #original = $state(false);
  #gain = $state<Gain>(8);
  #base = $state<Base>('black');
  #loupe = $state(false);
  #loupeFactor = $state<number>(2);
  #minimap = $state(true);

  /** How many panes there are. */
  readonly panes = $derived.by(() => {
    if (this.#mode === 'grid') return this.cells.choices.length;
    return this.#mode === 'side' ? 2 : 1;
  });

  constructor(session: Session) {
    this.cells = new GridCells(session);
  }

  get mode(): Mode {
    return this.#mode;
  }

  set mode(mode: Mode) {
    this.#mode = mode;
  }

  /** How before and after stand in a split or side by side: as chosen, or side by side as it gives more room. */
  get direction(): Direction {
    return this.#directions[this.#mode] ?? (this.#mode === 'side' ? this.#roomier : 'beside');
  }

  turn(): void {
    const direction = this.direction === 'beside' ? 'above' : 'beside';
    this.#directions = { ...this.#directions, [this.#mode]: direction };
  }

  /** Takes note of how two panes of the picture in sight have more room. */
  set roomier(direction: Direction) {
    this.#roomier = direction;
  }

  /** Where the line between before and after lies, 0..1 of the pane. */
  get split(): number {
    return this.#split;
  }

  set split(share: number) {
    this.#split = Math.min(1, Math.max(0, share));
  }

  /** Whether the original alone is shown. */
  get original(): boolean {
    return this.#original;
  }

  set original(shown: boolean) {
    this.#original = shown;
  }

  /** How much the difference is amplified. */
  get gain(): Gain {
    return this.#gain;
  }

  set gain(gain: Gain) {
    this.#gain = gain;
  }

  /** Takes the next stronger (1) or weaker (-1) amplification. */
  stepGain(step: 1 | -1): void {
    const index = gains.indexOf(this.#gain) + step;
    this.#gain = gains[Math.min(gains.length - 1, Math.max(0, index))] ?? this.#gain;
  }

  /** What no difference looks like. */
  get base(): Base {
    return this.#base;
  }

  toggleBase(): void {
    this.#base = this.#base === 'black' ? 'grey' : 'black';
  }

  get loupe(): boolean {
    return this.#loupe;
  }

  set loupe(shown: boolean) {
    this.#loupe = shown;
  }

  get loupeFactor(): number {
    return this.#loupeFactor;
  }

  set loupeFactor(factor: number) {
    this.#loupeFactor = factor;
  }

  /** Whether the minimap is shown while a part of the picture is out of sight. */
  get minimap(): boolean {
    return this.#minimap;
  }

  toggleMinimap(): void {
    this.#minimap = !this.#minimap;
  }
}

import type { RunStatus } from '../../preload/contract.ts';

/** What can be asked of a run there is. */
export type RunControl = 'pause' | 'resume' | 'stop' | 'delete';

/** Steps that the curves of a run have room for: one that was stopped ends where it is. */
export function lengthOf({ state, step, steps }: RunStatus): number {
  return state === 'done' ? step : steps;
}

/** The runs there are, the newest first, and which one is in sight. */
export class RunBoard<R extends { readonly id: string }> {
  #runs = $state.raw<readonly R[]>([]);
  #shown = $state<string>();

  readonly current = $derived.by(() => this.#runs.find(({ id }) => id === this.#shown));

  get runs(): readonly R[] {
    return this.#runs;
  }

  /** Shows a run, or what is chosen for a new one. */
  show(id: string | undefined): void {
    this.#shown = id;
  }

  list(runs: readonly R[]): void {
    this.#runs = runs;
  }

  /** A run that is no more. */
  forget(id: string): void {
    this.#runs = this.#runs.filter((run) => run.id !== id);
  }

  /** Takes what has become of a run. */
  take(run: R): void {
    const known = this.#runs.some(({ id }) => id === run.id);
    this.#runs = known ? this.#runs.map((each) => (each.id === run.id ? run : each)) : [run, ...this.#runs];
  }
}

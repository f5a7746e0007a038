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

  /** Takes what has become of a run. */
  take(run: R): void {
    const known = this.#runs.some(({ id }) => id === run.id);
    this.#runs = known ? this.#runs.map((each) => (each.id === run.id ? run : each)) : [run, ...this.#runs];
  }
}

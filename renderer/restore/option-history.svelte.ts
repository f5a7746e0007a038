import { type Change, noChanges, oneBack, oneOn, withChange, without } from './option-changes.ts';

/** The changes of options, to go back and forth in. */
export class OptionHistory {
  #changes = $state.raw(noChanges);

  readonly canUndo = $derived.by(() => this.#changes.past.length > 0);
  readonly canRedo = $derived.by(() => this.#changes.future.length > 0);

  /** Takes note of a change that has been made. */
  record(change: Change): void {
    this.#changes = withChange(this.#changes, change, performance.now());
  }

  /** Takes the last change back. @returns it */
  undo(): Change | undefined {
    const change = this.#changes.past.at(-1);
    this.#changes = oneBack(this.#changes);
    change?.undo();
    return change;
  }

  /** Makes the change again that was taken back last. @returns it */
  redo(): Change | undefined {
    const change = this.#changes.future.at(-1);
    this.#changes = oneOn(this.#changes);
    change?.redo();
    return change;
  }

  /** Leaves out the changes of a picture that is closed. */
  forget(picture: string): void {
    this.#changes = without(this.#changes, picture);
  }
}

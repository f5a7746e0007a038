/** A change of options that can be taken back. */
export interface Change {
  /** What was changed: changes of the same thing within a moment are one, as while a slider moves. */
  readonly what: string;
  /** Id of the picture whose option it is; absent for what holds for all. */
  readonly picture?: string | undefined;
  undo(): void;
  redo(): void;
}

/** Changes that were made, and those that were taken back, the latest last. */
export interface Changes {
  readonly past: readonly Change[];
  readonly future: readonly Change[];
  /** When the last was made, ms. */
  readonly at: number;
}

export const noChanges: Changes = { past: [], future: [], at: Number.NEGATIVE_INFINITY };

/** Milliseconds. */
const moment = 800;
const most = 200;

/** With one more; what was taken back before cannot be made again any more. */
export function withChange({ past, future, at }: Changes, change: Change, now: number): Changes {
  const last = past.at(-1);
  const goesOn =
    future.length === 0 && last?.what === change.what && last.picture === change.picture && now - at < moment;
  const all = goesOn
    ? [...past.slice(0, -1), { ...change, undo: () => last.undo() }]
    : [...past.slice(1 - most), change];
  return { past: all, future: [], at: now };
}

/** Moves the last change to those that were taken back. */
export function oneBack({ past, future }: Changes): Changes {
  return { past: past.slice(0, -1), future: [...future, ...past.slice(-1)], at: noChanges.at };
}

/** Moves the change that was taken back last to those that were made. */
export function oneOn({ past, future }: Changes): Changes {
  return { past: [...past, ...future.slice(-1)], future: future.slice(0, -1), at: noChanges.at };
}

/** Without those of a picture. */
export function without({ past, future, at }: Changes, picture: string): Changes {
  const others = (change: Change) => change.picture !== picture;
  return { past: past.filter(others), future: future.filter(others), at };
}

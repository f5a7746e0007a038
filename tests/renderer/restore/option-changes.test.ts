import { describe, expect, it } from 'vitest';
import {
  type Change,
  type Changes,
  noChanges,
  oneBack,
  oneOn,
  withChange,
  without,
} from '../../../renderer/restore/option-changes.ts';

/** A change that says what it did. */
function change(what: string, log: string[] = [], picture?: string): Change {
  return { what, picture, undo: () => log.push(`undo ${what}`), redo: () => log.push(`redo ${what}`) };
}
const names = ({ past, future }: Changes) => [past, future].map((each) => each.map(({ what }) => what));

describe('changes of options', () => {
  it('go back and forth in order', () => {
    const two = withChange(withChange(noChanges, change('model'), 0), change('strength'), 5000);
    expect(names(oneBack(two))).toEqual([['model'], ['strength']]);
    expect(names(oneBack(oneBack(two)))).toEqual([[], ['strength', 'model']]);
    expect(names(oneOn(oneBack(oneBack(two))))).toEqual([['model'], ['strength']]);
    expect(names(oneBack(noChanges))).toEqual([[], []]);
    expect(names(oneOn(two))).toEqual([['model', 'strength'], []]);
  });

  it('of the same thing within a moment are one, back to where it began', () => {
    const log: string[] = [];
    const first = { ...change('strength', log), undo: () => log.push('to 100') };
    const last = { ...change('strength', log), redo: () => log.push('to 60') };
    const moved = withChange(withChange(noChanges, first, 0), last, 400);
    expect(moved.past).toHaveLength(1);
    moved.past[0]?.undo();
    moved.past[0]?.redo();
    expect(log).toEqual(['to 100', 'to 60']);
  });

  it('stay apart when time has passed, or another picture is meant', () => {
    expect(
      withChange(withChange(noChanges, change('strength'), 0), change('strength'), 900).past,
    ).toHaveLength(2);
    const one = withChange(noChanges, change('strength', [], 'a'), 0);
    expect(withChange(one, change('strength', [], 'b'), 10).past).toHaveLength(2);
  });

  it('that were taken back are given up by a new one', () => {
    const back = oneBack(withChange(noChanges, change('model'), 0));
    expect(names(withChange(back, change('model'), 10))).toEqual([['model'], []]);
  });

  it('of a closed picture are left out', () => {
    const mixed = withChange(withChange(noChanges, change('strength', [], 'a'), 0), change('model'), 10);
    expect(names(without(mixed, 'a'))).toEqual([['model'], []]);
  });
});

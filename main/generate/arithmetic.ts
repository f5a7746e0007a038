/** Attributes as directions: what one group of pictures has and another has not (Larsen et al. 2016). */
import { type Matrix, meanRow, plus } from './matrix.ts';

/** From the mean code of one group to that of the other. */
export function direction(without: Matrix, having: Matrix): Float32Array {
  return plus(meanRow(having), meanRow(without), -1);
}

export interface Change {
  readonly direction: Float32Array;
  /** 1 goes from one group's mean to the other's; negative amounts go the other way. */
  readonly amount: number;
}

export function applied(code: Float32Array, changes: readonly Change[]): Float32Array {
  return changes.reduce((sum, change) => plus(sum, change.direction, change.amount), code);
}

/** Rows of numbers: codes, or pictures laid out in a line. */

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** [rows, columns] */
  readonly values: Float32Array;
}

export function emptyMatrix(rows: number, columns: number): Matrix {
  return { rows, columns, values: new Float32Array(rows * columns) };
}

/** A row, sharing the matrix's memory. */
export function rowOf({ columns, values }: Matrix, row: number): Float32Array {
  return values.subarray(row * columns, (row + 1) * columns);
}

/** @param rows at least one, all of one length */
export function matrixOf(rows: readonly ArrayLike<number>[]): Matrix {
  const matrix = emptyMatrix(rows.length, rows[0]?.length ?? 0);
  for (const [index, row] of rows.entries()) matrix.values.set(row, index * matrix.columns);
  return matrix;
}

export function rowsOf(matrix: Matrix): Float32Array[] {
  return Array.from({ length: matrix.rows }, (_, row) => rowOf(matrix, row));
}

/** The mean of all rows; zeros without any. */
export function meanRow(matrix: Matrix): Float32Array {
  const mean = new Float64Array(matrix.columns);
  for (let i = 0; i < matrix.values.length; i++) {
    mean[i % matrix.columns] = (mean[i % matrix.columns] ?? 0) + (matrix.values[i] ?? 0);
  }
  return Float32Array.from(mean, (sum) => sum / Math.max(1, matrix.rows));
}

export function squaredDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] as number) - (b[i] as number)) ** 2;
  return sum;
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** a + amount b */
export function plus(a: Float32Array, b: Float32Array, amount = 1): Float32Array {
  return a.map((value, i) => value + amount * (b[i] ?? 0));
}

/** The same direction, one long; zeros stay zeros. */
export function unit(direction: Float32Array): Float32Array {
  const length = Math.sqrt(dot(direction, direction));
  return direction.map((value) => (length > 0 ? value / length : 0));
}

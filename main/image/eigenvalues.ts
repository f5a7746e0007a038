/**
 * Eigenvalues of a real symmetric matrix, ascending, by cyclic Jacobi rotations (Golub and Van Loan, Matrix
 * Computations, section 8.5). The matrix is destroyed.
 *
 * @param a size x size values, row by row
 */
export function symmetricEigenvalues(a: Float64Array, size: number): number[] {
  const at = (i: number, j: number): number => a[i * size + j] as number;
  for (let sweep = 0; sweep < 30 && !isDiagonal(a, size); sweep++)
    for (let p = 0; p < size; p++)
      for (let q = p + 1; q < size; q++) {
        if (at(p, q) === 0) continue;
        const theta = (at(q, q) - at(p, p)) / (2 * at(p, q));
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        rotate(a, p, q, size, c, t * c);
      }
  return Array.from({ length: size }, (_, i) => at(i, i)).sort((x, y) => x - y);
}

function isDiagonal(a: Float64Array, size: number): boolean {
  let diagonal = 0;
  let rest = 0;
  for (let i = 0; i < a.length; i++) {
    const square = (a[i] as number) ** 2;
    if (i % (size + 1) === 0) diagonal += square;
    else rest += square;
  }
  return rest <= 1e-18 * diagonal;
}

/** Turns rows and columns p and q by the angle whose cosine and sine are given. */
function rotate(a: Float64Array, p: number, q: number, size: number, c: number, s: number): void {
  for (let k = 0; k < size; k++) {
    const x = a[k * size + p] as number;
    const y = a[k * size + q] as number;
    a[k * size + p] = c * x - s * y;
    a[k * size + q] = s * x + c * y;
  }
  for (let k = 0; k < size; k++) {
    const x = a[p * size + k] as number;
    const y = a[q * size + k] as number;
    a[p * size + k] = c * x - s * y;
    a[q * size + k] = s * x + c * y;
  }
}

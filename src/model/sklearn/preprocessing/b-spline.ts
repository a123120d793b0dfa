// Splines over a knot vector, evaluated as scipy does (de Boor's recurrence in scipy/interpolate, __fitpack).

/** Curves over one knot vector: coefficient i of curve p is coefficients[i * curves + p]. */
export interface BSpline {
  readonly knots: Float64Array;
  readonly degree: number;
  readonly coefficients: Float64Array;
  readonly curves: number;
  /** Whether the outermost pieces go on beyond the ends; else there is NaN. */
  readonly extrapolates: boolean;
}

/** The number of coefficients: the last inner knot's index. */
export function endOf({ knots, degree }: BSpline): number {
  return knots.length - degree - 1;
}

/** Fills `out` from `start` on with each curve's value at x, or its slope. */
export function evaluate(spline: BSpline, x: number, slope: boolean, out: Float64Array, start: number): void {
  const { degree, coefficients, curves } = spline;
  const interval = intervalOf(spline, x);
  if (interval < 0) {
    out.fill(Number.NaN, start, start + curves);
    return;
  }
  const basis = basisAt(spline, x, interval, slope);
  for (let curve = 0; curve < curves; curve++) {
    let sum = 0;
    for (let at = 0; at <= degree; at++) sum += coefficients[(interval + at - degree) * curves + curve]! * basis[at]!;
    out[start + curve] = sum;
  }
}

/** The interval that x is in; -1 outside of a spline that ends there. */
function intervalOf(spline: BSpline, x: number): number {
  const { knots, degree, extrapolates } = spline;
  const end = endOf(spline);
  if (Number.isNaN(x) || ((x < knots[degree]! || x > knots[end]!) && !extrapolates)) return -1;
  let interval = degree;
  while (x >= knots[interval + 1]! && interval !== end - 1) interval++;
  return interval;
}

/** The basis functions that are not zero in this piece, or their slopes. */
function basisAt({ knots, degree }: BSpline, x: number, interval: number, slope: boolean): Float64Array {
  const basis = new Float64Array(degree + 1);
  basis[0] = 1;
  const valueOrders = slope ? degree - 1 : degree;
  for (let order = 1; order <= degree; order++) {
    const before = basis.slice(0, order);
    const differs = order > valueOrders;
    basis[0] = 0;
    for (let n = 1; n <= order; n++) {
      const right = knots[interval + n]!;
      const left = knots[interval + n - order]!;
      if (right === left) {
        basis[n] = 0;
      } else if (differs) {
        const weight = (order * before[n - 1]!) / (right - left);
        basis[n - 1] = basis[n - 1]! - weight;
        basis[n] = weight;
      } else {
        const weight = before[n - 1]! / (right - left);
        basis[n - 1] = basis[n - 1]! + weight * (right - x);
        basis[n] = weight * (x - left);
      }
    }
  }
  return basis;
}

// The kernels of Gaussian processes, and how they are joined.

import { EstimatorAttributes } from "../../estimator/attributes.js";
import { exp } from "../../math/exp.js";
import { gamma } from "../../math/gamma.js";
import { pow } from "../../math/pow.js";
import { dot } from "../../math/vectors.js";
import { NdArray } from "../../numpy/ndarray.js";
import { Instance, kindOf, type Value } from "../../pickle/values.js";
import { type PairwiseKernel, readPairwiseKernel } from "../metrics/index.js";
import { besselK } from "./bessel.js";

/** The covariance of two points, which are rows of numbers. */
export interface Kernel {
  /** Between a point and a training point. White noise is zero there, even where the two are equal. */
  readonly between: PairwiseKernel;
  /** Between a point and itself. */
  readonly itself: (data: Float64Array, start: number) => number;
}

/** Nested kernels: each is read as often as it is referenced. */
const kernelsMax = 200;

/** Reads the fitted kernel of an estimator on rows of `features` numbers. */
export function readKernel(owner: EstimatorAttributes, value: Value | undefined, features: number): Kernel {
  let count = 0;
  function read(part: Value | undefined): Kernel {
    if (!(part instanceof Instance) || part.global.module !== "sklearn.gaussian_process.kernels") {
      throw owner.inconsistent(`expected a kernel, found ${kindOf(part)}`);
    }
    if (++count > kernelsMax) throw owner.inconsistent(`more than ${kernelsMax} nested kernels`);
    const row = kernels.get(part.global.name);
    if (!row) throw owner.unsupported(`the kernel ${part.global.name}`);
    return row(new EstimatorAttributes(part, `${owner.type}: kernel ${part.global.name}`), features, read);
  }
  return read(value);
}

type Read = (attributes: EstimatorAttributes, features: number, read: (part: Value | undefined) => Kernel) => Kernel;

const kernels: ReadonlyMap<string, Read> = new Map<string, Read>([
  [
    "Sum",
    (attributes, _, read) => {
      const [a, b] = [read(attributes.get("k1")), read(attributes.get("k2"))];
      return {
        between: (...pair) => a.between(...pair) + b.between(...pair),
        itself: (...point) => a.itself(...point) + b.itself(...point),
      };
    },
  ],
  [
    "Product",
    (attributes, _, read) => {
      const [a, b] = [read(attributes.get("k1")), read(attributes.get("k2"))];
      return {
        between: (...pair) => a.between(...pair) * b.between(...pair),
        itself: (...point) => a.itself(...point) * b.itself(...point),
      };
    },
  ],
  [
    "Exponentiation",
    (attributes, _, read) => {
      const base = read(attributes.get("kernel"));
      const exponent = attributes.number("exponent");
      return {
        between: (...pair) => pow(base.between(...pair), exponent),
        itself: (...point) => pow(base.itself(...point), exponent),
      };
    },
  ],
  [
    "ConstantKernel",
    (attributes) => {
      const constant = attributes.number("constant_value");
      return { between: () => constant, itself: () => constant };
    },
  ],
  [
    "WhiteKernel",
    (attributes) => {
      const noise = attributes.number("noise_level");
      return { between: () => 0, itself: () => noise };
    },
  ],
  [
    "RBF",
    (attributes, features) => {
      const distance = scaledDistance(attributes, features);
      return normalized((...pair) => exp(-0.5 * distance(...pair)));
    },
  ],
  ["Matern", readMatern],
  ["RationalQuadratic", readRationalQuadratic],
  ["ExpSineSquared", readExpSineSquared],
  [
    "DotProduct",
    (attributes, features) => {
      const sigma = attributes.number("sigma_0");
      const between: PairwiseKernel = (a, aStart, b, bStart) => dot(a, aStart, b, bStart, features) + sigma * sigma;
      return { between, itself: (data, start) => between(data, start, data, start) };
    },
  ],
  [
    "PairwiseKernel",
    (attributes, features) => {
      const between = readPairwiseKernel(attributes, attributes.text("metric"), features);
      return { between, itself: (data, start) => between(data, start, data, start) };
    },
  ],
]);

/** A kernel that is 1 between a point and itself. */
function normalized(between: PairwiseKernel): Kernel {
  return { between, itself: () => 1 };
}

function readMatern(attributes: EstimatorAttributes, features: number): Kernel {
  const squared = scaledDistance(attributes, features);
  const distance: PairwiseKernel = (...pair) => Math.sqrt(squared(...pair));
  const nu = attributes.number("nu");
  if (nu === 0.5) return normalized((...pair) => exp(-distance(...pair)));
  if (nu === 1.5) {
    return normalized((...pair) => {
      const scaled = distance(...pair) * Math.sqrt(3);
      return (1 + scaled) * exp(-scaled);
    });
  }
  if (nu === 2.5) {
    return normalized((...pair) => {
      const scaled = distance(...pair) * Math.sqrt(5);
      return (1 + scaled + (scaled * scaled) / 3) * exp(-scaled);
    });
  }
  if (nu === Number.POSITIVE_INFINITY) {
    return normalized((...pair) => {
      const apart = distance(...pair);
      return exp(-(apart * apart) / 2);
    });
  }
  if (!(nu > 0 && nu <= nuMax))
    throw attributes.unsupported(`nu is ${nu}; expected a value in (0, ${nuMax}] or infinity`);
  const factor = pow(2, 1 - nu) / gamma(nu);
  return normalized((...pair) => {
    const scaled = Math.sqrt(2 * nu) * (distance(...pair) || Number.EPSILON);
    return factor * pow(scaled, nu) * besselK(nu, scaled);
  });
}

/**
 * A smoother process is indistinguishable from one with the RBF kernel; beyond it the Bessel function overflows at
 * small distances.
 */
const nuMax = 15;

function readRationalQuadratic(attributes: EstimatorAttributes, features: number): Kernel {
  const alpha = attributes.number("alpha");
  const scale = attributes.number("length_scale");
  const divisor = 2 * alpha * (scale * scale);
  return normalized((a, aStart, b, bStart) => {
    const squared = squaredDistance(a, aStart, b, bStart, features);
    return pow(1 + squared / divisor, -alpha);
  });
}

function readExpSineSquared(attributes: EstimatorAttributes, features: number): Kernel {
  const scale = attributes.number("length_scale");
  const frequency = Math.PI / attributes.number("periodicity");
  return normalized((a, aStart, b, bStart) => {
    const distance = Math.sqrt(squaredDistance(a, aStart, b, bStart, features));
    const sine = Math.sin(frequency * distance) / scale;
    return exp(-2 * (sine * sine));
  });
}

/** The squared distance of two points whose columns are divided by length_scale: one for all, or one for each. */
function scaledDistance(attributes: EstimatorAttributes, features: number): PairwiseKernel {
  const value = attributes.get("length_scale");
  const scales =
    value instanceof NdArray && value.size > 1
      ? attributes.numbers(["length_scale"], features)
      : new Float64Array(features).fill(attributes.number("length_scale"));
  return (a, aStart, b, bStart) => {
    let sum = 0;
    for (let index = 0; index < features; index++) {
      const difference = a[aStart + index]! / scales[index]! - b[bStart + index]! / scales[index]!;
      sum += difference * difference;
    }
    return sum;
  };
}

function squaredDistance(a: Float64Array, aStart: number, b: Float64Array, bStart: number, features: number): number {
  let sum = 0;
  for (let index = 0; index < features; index++) {
    const difference = a[aStart + index]! - b[bStart + index]!;
    sum += difference * difference;
  }
  return sum;
}

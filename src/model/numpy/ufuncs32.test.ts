import assert from "node:assert/strict";
import { test } from "node:test";
import { Global } from "../pickle/values.js";
import { ufunc32Of } from "./ufuncs32.js";

const { POSITIVE_INFINITY } = Number;
const numbers = [-30.5, -2.2, -0.9, -0.3, -1e-5, 0, 1e-8, 0.2, 0.6, 1.2, 3.3, 12.7, 20.1, 60, 90];

// numpy 2.4 on a processor with AVX2.
for (const [name, arguments_, results] of [
  [
    "exp",
    numbers,
    [
      5.6756855481730414e-14,
      0.11080315709114075,
      0.4065696895122528,
      0.740818202495575,
      0.9999899864196777,
      1,
      1,
      1.2214027643203735,
      1.822118878364563,
      3.320117235183716,
      27.112638473510742,
      327747.8125,
      536190656,
      1.142007304008196e26,
      POSITIVE_INFINITY,
    ],
  ],
  [
    "expm1",
    numbers,
    [
      -1,
      -0.8891968727111816,
      -0.5934303402900696,
      -0.25918179750442505,
      -9.999949725170154e-6,
      0,
      9.99999993922529e-9,
      0.22140276432037354,
      0.822118878364563,
      2.3201169967651367,
      26.11263656616211,
      327746.84375,
      536190656,
      1.1420073962419164e26,
      POSITIVE_INFINITY,
    ],
  ],
  [
    "log",
    [1e-40, 1e-7, 0.3, 0.99, 1, 1.4143, 2, 3.7, 1e5, 3e38],
    [
      -92.10340881347656, -16.11809539794922, -1.2039728164672852, -0.010050325654447079, 0, 0.3466346859931946,
      0.6931471824645996, 1.3083328008651733, 11.512925148010254, 88.59684753417969,
    ],
  ],
  ["square", [0.1, 3], [0.010000000707805157, 9]],
] as const) {
  test(`computes ${name} of 32-bit floats as numpy does`, () => {
    const apply = ufunc32Of(new Global("numpy", name));
    assert.ok(apply);
    assert.deepEqual(
      arguments_.map((x) => apply(Math.fround(x))),
      results,
    );
  });
}

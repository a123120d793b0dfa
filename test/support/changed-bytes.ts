// Files with random damage, the same for the same seed.

import { pickleBytes } from "./pickle-bytes.js";

/** One to four changes: a byte is changed, bytes are removed, bytes are repeated, or the end is cut off. */
export function changed(file: Uint8Array, random: (below: number) => number): Uint8Array {
  let bytes = file;
  for (let left = 1 + random(4); left > 0; left--) {
    const at = random(bytes.length);
    const length = 1 + random(8);
    const kind = random(8);
    if (kind < 5) {
      bytes = new Uint8Array(bytes);
      bytes[at] = kind < 3 ? random(256) : bytes[at]! ^ (1 << random(8));
    } else if (kind === 5) bytes = pickleBytes(bytes.subarray(0, at), bytes.subarray(at + length));
    else if (kind === 6) bytes = pickleBytes(bytes.subarray(0, at + length), bytes.subarray(at));
    else bytes = bytes.subarray(0, at + 1);
  }
  return bytes;
}

/** Integers below a bound, the same for the same seed: the generator of Numerical Recipes. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A call of the system's generator costs more than everything else about an id, so one call serves several hundred ids. */
const poolBytes = 8192;

/** Random bytes from `fill`, which is called for batches. Each byte is returned once. */
export function pooledRandom(fill: (bytes: number) => Uint8Array): (bytes: number) => Uint8Array {
  let pool: Uint8Array = new Uint8Array(0);
  let used = 0;
  return function random(bytes) {
    if (bytes > poolBytes) return fill(bytes);
    if (used + bytes > pool.length) {
      pool = fill(poolBytes);
      used = 0;
    }
    used += bytes;
    return pool.subarray(used - bytes, used);
  };
}

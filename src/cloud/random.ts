/** Asking the system costs more than a request's ids otherwise do: one question is for some hundred of them. */
const poolBytes = 8192;

/** Random bytes from `fill`, asked in batches. Each byte is handed out once. */
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

// MT19937, the generator of numpy's RandomState and of scikit-learn's copy of libsvm: a seed gives the same numbers as
// the same `random_state` in Python. Matsumoto and Nishimura, "Mersenne Twister", ACM TOMACS 8 (1998).

const size = 624;
const middle = 397;
const matrix = 0x9908b0df;
const upper = 0x80000000;
const lower = 0x7fffffff;

export class MersenneTwister {
  readonly #state = new Uint32Array(size);
  #index = size;

  /** @param seed an unsigned 32-bit integer */
  constructor(seed: number) {
    this.#state[0] = seed;
    for (let i = 1; i < size; i++) {
      const last = this.#state[i - 1]!;
      this.#state[i] = Math.imul(1812433253, last ^ (last >>> 30)) + i;
    }
  }

  uint32(): number {
    if (this.#index === size) this.#twist();
    let y = this.#state[this.#index++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  }

  /** An integer from 0 to `range` - 1, as in scikit-learn's newrand.h (Lemire's method, without bias). */
  below(range: number): number {
    const threshold = 2 ** 32 % range;
    for (;;) {
      const product = BigInt(this.uint32()) * BigInt(range);
      if (Number(product & 0xffffffffn) >= threshold) return Number(product >> 32n);
    }
  }

  #twist(): void {
    const state = this.#state;
    for (let i = 0; i < size; i++) {
      const y = (state[i]! & upper) | (state[(i + 1) % size]! & lower);
      state[i] = state[(i + middle) % size]! ^ (y >>> 1) ^ (y & 1 ? matrix : 0);
    }
    this.#index = 0;
  }
}

/** numpy's `RandomState(seed).randint(2**31 - 1)`: how scikit-learn derives libsvm's seed from its `random_state`. */
export function libsvmSeedOf(seed: number): number {
  const random = new MersenneTwister(seed);
  for (;;) {
    const value = random.uint32() & 0x7fffffff;
    if (value < 0x7fffffff) return value;
  }
}

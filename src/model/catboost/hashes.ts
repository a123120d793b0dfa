// How CatBoost numbers category values and their combinations. 64-bit integers are bigints here.

/** Primes of CityHash. */
const k0 = 0xc3a5c85c97cb3127n;
const k1 = 0xb492b66fbe98f273n;
const k2 = 0x9ae16a3b2f90404fn;
const k3 = 0xc949d7c7509e6557n;
const k128 = 0x9ddfea08eb382d69n;

/** The multiplier of CatBoost's combinations. */
const combiner = 0x4906ba494954cb65n;

const wrap = (value: bigint) => BigInt.asUintN(64, value);
const encoder = new TextEncoder();

/** A category value's number: the low half of the CityHash64 of its UTF-8, as a signed integer. */
export function categoryHash(value: string): number {
  return Number(BigInt.asIntN(32, cityHash64(encoder.encode(value))));
}

/** Adds a number to the hash of a combination, which begins with 0. */
export function combineHash(hash: bigint, value: number): bigint {
  return wrap(combiner * (hash + combiner * BigInt(value)));
}

/** CityHash64 of version 1.0: later versions have other results. */
function cityHash64(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { length } = bytes;
  if (length <= 16) return hashTo16(view, length);
  if (length <= 32) return hashTo32(view, length);
  if (length <= 64) return hashTo64(view, length);
  return hashLong(view, length);
}

function hashTo16(view: DataView, length: number): bigint {
  const size = BigInt(length);
  if (length > 8) {
    const a = word(view, 0);
    const b = word(view, length - 8);
    return hash128(a, rotate(wrap(b + size), length)) ^ b;
  }
  if (length >= 4) {
    const a = BigInt(view.getUint32(0, true));
    return hash128(size + (a << 3n), BigInt(view.getUint32(length - 4, true)));
  }
  if (length === 0) return k2;
  const y = BigInt(view.getUint8(0) + (view.getUint8(length >> 1) << 8));
  const z = BigInt(length + (view.getUint8(length - 1) << 2));
  return wrap(shiftMix(wrap(y * k2) ^ wrap(z * k3)) * k2);
}

function hashTo32(view: DataView, length: number): bigint {
  const a = wrap(word(view, 0) * k1);
  const b = word(view, 8);
  const c = wrap(word(view, length - 8) * k2);
  const d = wrap(word(view, length - 16) * k0);
  return hash128(wrap(rotate(wrap(a - b), 43) + rotate(c, 30) + d), wrap(a + rotate(b ^ k3, 20) - c + BigInt(length)));
}

function hashTo64(view: DataView, length: number): bigint {
  const first = half(
    word(view, 24),
    wrap(word(view, 0) + (BigInt(length) + word(view, length - 16)) * k0),
    word(view, 8),
    word(view, 16),
  );
  const second = half(
    word(view, length - 8),
    wrap(word(view, 16) + word(view, length - 32)),
    word(view, length - 24),
    word(view, length - 16),
  );
  const r = shiftMix(wrap((first.sum + second.mixed) * k2 + (second.sum + first.mixed) * k0));
  return wrap(shiftMix(wrap(r * k0 + first.mixed)) * k2);
}

/** One half of a string of 33 to 64 bytes. */
function half(
  z: bigint,
  start: bigint,
  second: bigint,
  third: bigint,
): { readonly sum: bigint; readonly mixed: bigint } {
  const b = rotate(wrap(start + z), 52);
  const a = wrap(start + second);
  const c = rotate(start, 37) + rotate(a, 7);
  const end = wrap(a + third);
  return { sum: wrap(end + z), mixed: wrap(b + rotate(end, 31) + c) };
}

function hashLong(view: DataView, length: number): bigint {
  const size = BigInt(length);
  let x = word(view, 0);
  let y = word(view, length - 16) ^ k1;
  let z = word(view, length - 56) ^ k0;
  let v = weakHash(view, length - 64, size, y);
  let w = weakHash(view, length - 32, wrap(size * k1), k0);
  z = wrap(z + shiftMix(v.second) * k1);
  x = wrap(rotate(wrap(z + x), 39) * k1);
  y = wrap(rotate(y, 33) * k1);
  const end = (length - 1) & ~63;
  for (let at = 0; at < end; at += 64) {
    x = wrap(rotate(wrap(x + y + v.first + word(view, at + 16)), 37) * k1) ^ w.second;
    y = wrap(rotate(wrap(y + v.second + word(view, at + 48)), 42) * k1) ^ v.first;
    z = rotate(z ^ w.first, 33);
    v = weakHash(view, at, wrap(v.second * k1), wrap(x + w.first));
    w = weakHash(view, at + 32, wrap(z + w.second), y);
    [z, x] = [x, z];
  }
  return hash128(wrap(hash128(v.first, w.first) + shiftMix(y) * k1 + z), wrap(hash128(v.second, w.second) + x));
}

/** Of 32 bytes and two seeds. */
function weakHash(
  view: DataView,
  at: number,
  firstSeed: bigint,
  secondSeed: bigint,
): { readonly first: bigint; readonly second: bigint } {
  const z = word(view, at + 24);
  const start = wrap(firstSeed + word(view, at));
  const a = wrap(start + word(view, at + 8) + word(view, at + 16));
  const b = rotate(wrap(secondSeed + start + z), 21) + rotate(a, 44);
  return { first: wrap(a + z), second: wrap(b + start) };
}

function hash128(low: bigint, high: bigint): bigint {
  const a = wrap((wrap(low) ^ wrap(high)) * k128);
  const b = wrap((wrap(high) ^ (a ^ (a >> 47n))) * k128);
  return wrap((b ^ (b >> 47n)) * k128);
}

function word(view: DataView, at: number): bigint {
  return view.getBigUint64(at, true);
}

function rotate(value: bigint, places: number): bigint {
  return wrap((value >> BigInt(places)) | (value << BigInt(64 - places)));
}

function shiftMix(value: bigint): bigint {
  return value ^ (value >> 47n);
}

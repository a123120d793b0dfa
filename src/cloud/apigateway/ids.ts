const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
/** The largest multiple of 36 in a byte: bytes above it would favour the first letters. */
const unbiasedMax = 252;

/** Makes ids as API Gateway does: lower-case letters and digits. */
export function idMaker(random: (bytes: number) => Uint8Array): (length: number) => string {
  return (length) => {
    let id = "";
    while (id.length < length) {
      for (const byte of random(length * 2)) {
        if (byte < unbiasedMax && id.length < length) id += alphabet[byte % alphabet.length];
      }
    }
    return id;
  };
}

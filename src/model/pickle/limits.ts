// What a pickle may cost. An instruction of one byte can make an object of two hundred, so the file's size alone bounds
// nothing.

/**
 * Values on the stack at once. Python writes containers in batches of 1,000, so real files stay below some thousands.
 */
export const stackMax = 1_000_000;

/** Memo entries. A vectorizer with a million words needs about a million. */
export const memoMax = 4_000_000;

/**
 * Lists, tuples, dicts, sets and objects in one file, about 100 bytes each. A forest of 1,000 trees has some 100,000.
 */
export const objectsMax = 4_000_000;

/** Digits or bytes of one Python integer: 256 bytes hold 2^2047, and larger ones need quadratic time. */
export const integerBytesMax = 256;
export const integerDigitsMax = 600;

/** Characters of one line of protocol 0 (numbers and names; strings have no limit but the file's end). */
export const shortLineMax = 1_000;

/**
 * Bytes and characters that constructors may copy for each byte of the file: a valid file encodes every string once.
 */
export const madeBytesPerFileByteMax = 4;

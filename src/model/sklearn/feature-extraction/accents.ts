// strip_accents of the text vectorizers.

/** The string in ASCII: characters without an ASCII decomposition are removed. */
export function stripAccentsAscii(text: string): string {
  return text.normalize("NFKD").replace(/[^\0-\x7f]/gu, "");
}

/** The string without its combining marks, as defined by Python's unicodedata.combining. */
export function stripAccentsUnicode(text: string): string {
  if (!/[^\0-\x7f]/.test(text)) return text;
  return text.normalize("NFKD").replace(/\p{M}/gu, (mark) => (isCombining(mark) ? "" : mark));
}

const known = new Map<string, boolean>();

function isCombining(mark: string): boolean {
  let combining = known.get(mark);
  if (combining === undefined) {
    combining = hasCombiningClass(mark);
    known.set(mark, combining);
  }
  return combining;
}

/**
 * Whether a character's canonical combining class is not 0, which JavaScript does not expose (many marks have class 0).
 * Normalizing sorts neighboring marks by class and leaves class 0 in place: so a mark that changes places with one of
 * the lowest class (U+0334, 1) or of the highest (U+0345, 240) has a class.
 */
function hasCombiningClass(mark: string): boolean {
  const lowest = "\u0334";
  const highest = "\u0345";
  return (
    (mark + lowest).normalize("NFD").startsWith(lowest) ||
    (highest + mark).normalize("NFD").startsWith(mark) ||
    mark === lowest ||
    mark === highest
  );
}

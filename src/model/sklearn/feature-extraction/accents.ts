// strip_accents of the text vectorizers.

/** The text in ASCII: what has no decomposition to it is left out. */
export function stripAccentsAscii(text: string): string {
  return text.normalize("NFKD").replace(/[^\0-\x7f]/gu, "");
}

/** The text without its combining marks, as Python's unicodedata.combining tells them. */
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
 * Whether a character's canonical combining class is not 0, which JavaScript does not tell (many marks have class 0). Normalising sorts
 * neighbours by class and leaves class 0 where it is: so a mark that changes places with one of the lowest class (U+0334, 1) or of the
 * highest (U+0345, 240) has a class.
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

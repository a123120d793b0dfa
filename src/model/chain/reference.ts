// References of a chain document: "FILE" or "FILE::MEMBER".

interface Reference {
  readonly file: string;
  /** Keys and indices, joined by dots. */
  readonly member?: string;
}

export function splitReference(text: string): Reference {
  const at = text.lastIndexOf("::");
  return at < 0 ? { file: text } : { file: text.slice(0, at), member: text.slice(at + 2) };
}

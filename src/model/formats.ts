// What a file is, by its first bytes.

/** What the file is, or what it looks like. */
export type Detected = { readonly format: "pickle" } | { readonly format: "unknown"; readonly looksLike: string };

export function detectFormat(file: Uint8Array): Detected {
  if (file.length === 0) return { format: "unknown", looksLike: "it is empty" };
  if (file[0] === 0x80) return { format: "pickle" };
  return { format: "unknown", looksLike: "unknown bytes" };
}

// The escapes of `$util`, as in the Java classes that implement it.

const named: Readonly<Record<string, string>> = {
  "\b": "\\b",
  "\n": "\\n",
  "\t": "\\t",
  "\f": "\\f",
  "\r": "\\r",
  "'": "\\'",
  '"': '\\"',
  "\\": "\\\\",
  "/": "\\/",
};

/**
 * StringEscapeUtils.escapeJavaScript of Apache commons-lang 2: also single quotes, slashes and everything outside
 * ASCII.
 */
export function escapeJavaScript(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped here
    /[\u0000-\u001f'"\\/\u0080-\uffff]/g,
    (character) => named[character] ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`,
  );
}

/** java.net.URLEncoder: spaces become "+", and only the marks . - * _ are not escaped. */
export function urlEncode(text: string): string {
  return encodeURIComponent(wellFormed(text))
    .replaceAll("%20", "+")
    .replace(/[!'()~]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** java.net.URLDecoder; an invalid escape leaves the text unchanged. */
export function urlDecode(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** Half a surrogate pair cannot be encoded in UTF-8: Java writes a question mark. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "?");
}

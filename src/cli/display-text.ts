// Strings on a terminal: how many columns they occupy, how they are cut, and how control characters are shown.

import { eastAsianWidth } from "get-east-asian-width";

/** ASCII without control characters occupies a column for each character; almost every string is of this kind. */
const plainAscii = /^[\x20-\x7e]*$/;
/** What a cluster can contain beside its first visible character: no column. */
const invisible = /^[\p{Control}\p{Format}\p{Mark}\p{Default_Ignorable_Code_Point}]/u;
/** A cluster that is drawn as one emoji of two columns. */
const emoji = /^(?:\p{Emoji_Presentation}|\p{Emoji}\ufe0f|\p{Regional_Indicator}{2})/u;

let segmenter: Intl.Segmenter | undefined;

/** The characters that a user sees: a letter with its accents, an emoji with its modifiers. */
function clustersOf(text: string): string[] {
  if (plainAscii.test(text)) return [...text];
  segmenter ??= new Intl.Segmenter();
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** The columns that a string without control characters occupies on a terminal. */
export function displayWidth(text: string): number {
  if (plainAscii.test(text)) return text.length;
  return clustersOf(text).reduce((sum, cluster) => sum + clusterWidth(cluster), 0);
}

function clusterWidth(cluster: string): number {
  if (emoji.test(cluster)) return 2;
  let width = 0;
  for (const character of cluster) {
    if (invisible.test(character)) continue;
    // Further spacing characters of a cluster, such as Hangul vowels, are drawn into the first one.
    if (width === 0) width = eastAsianWidth(character.codePointAt(0) ?? 0);
  }
  return width;
}

const ellipsis = "…";

/** The string cut to at most `columns` columns, with an ellipsis where the rest is missing. */
export function truncated(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let kept = "";
  let width = displayWidth(ellipsis);
  for (const cluster of clustersOf(text)) {
    width += clusterWidth(cluster);
    if (width > columns) break;
    kept += cluster;
  }
  return columns < 1 ? "" : `${kept.trimEnd()}${ellipsis}`;
}

/** The string with blanks up to `columns` columns. */
export function padded(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - displayWidth(text)));
}

/**
 * Control characters (C0 but for tab and newline, DEL, C1) move the cursor, change the title or the clipboard, and
 * write over what is above; the controls of writing direction show a line in another order than it is stored.
 */
const controls = /(?![\t\n])[\p{Control}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** What could be a colour that the command itself wrote. */
const colorSequence = new RegExp(`(${String.fromCharCode(27)}\\[\\d+m)`);

/**
 * Shows the control characters of a string, so that what a function logs or a server returns cannot control the
 * terminal. In the notation of JSON, so that a JSON document keeps its meaning.
 * @param allowed whole sequences that are kept
 */
export function escapeControls(text: string, allowed: ReadonlySet<string> = new Set()): string {
  const shown = (control: string) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`;
  const escaped = (part: string) => part.replaceAll("\r\n", "\n").replace(controls, shown);
  if (allowed.size === 0) return escaped(text);
  // Splitting by a group keeps the separators: every second part is a colour of the command or looks like one.
  return text
    .split(colorSequence)
    .map((part) => (allowed.has(part) ? part : escaped(part)))
    .join("");
}

import { TepalError } from "../base/index.js";
import type { Output } from "../model/index.js";

/** Consecutive rows with their results, or one row that the model rejects. */
export type ScoredRows =
  | { readonly from: number; readonly to: number; readonly outputs: readonly Output[] }
  | { readonly row: number; readonly reason: string };

/**
 * Scores the rows from `from` up to `to` at once; where the model rejects a row, both halves, down to single rows. A
 * few bad rows cost a few more calls.
 */
export async function scoreRows(
  from: number,
  to: number,
  run: (from: number, to: number) => Promise<readonly Output[]>,
): Promise<readonly ScoredRows[]> {
  if (from === to) return [];
  try {
    return [{ from, to, outputs: await run(from, to) }];
  } catch (error) {
    if (!(error instanceof TepalError) || !isAboutRows(error)) throw error;
    if (to - from === 1) return [{ row: from, reason: reasonOf(error) }];
    const middle = Math.floor((from + to) / 2);
    return [...(await scoreRows(from, middle, run)), ...(await scoreRows(middle, to, run))];
  }
}

function isAboutRows({ code }: TepalError): boolean {
  return code.startsWith("input-") || code === "score-row-rejected";
}

/** The message about a row that was sent alone, without its number: the caller knows the number in the file. */
function reasonOf({ message }: TepalError): string {
  return message
    .replace(/^Row 1 /, "The row ")
    .replace(/\brow 1, column/, "column")
    .replace(/ at row 1\b/, "");
}

// Every error code of Tepal, by room: what it means and what to do. docs/errors.md is written from this table.

export interface CodeEntry {
  /** What happened, in one sentence. */
  readonly meaning: string;
  /** What the reader of the error can do. */
  readonly remedy: string;
}

export const codes = {
  // base
  "file-cut-short": {
    meaning: "A binary file ended before a value that it announced.",
    remedy: "Copy or download the file again; compare its size with the original.",
  },
  // model
  // function
  // image
  // deploy
  // train
  // cloud
  // cli
} as const satisfies Record<string, CodeEntry>;

export type Code = keyof typeof codes;

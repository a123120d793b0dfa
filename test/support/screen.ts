// A terminal under test: it records what is printed, and what a user sees of it.

import { Terminal } from "../../src/cli/terminal.js";

interface Screen {
  readonly terminal: Terminal;
  /** Everything that was written on standard output and standard error. */
  written(): string;
  /** The lines that a user sees: a carriage return and "erase line" replace a line. */
  lines(): string[];
}

interface ScreenOptions {
  readonly columns?: number;
  readonly json?: boolean;
  readonly color?: boolean;
  readonly animated?: boolean;
}

/** Standard output and standard error on one terminal. */
export function screenOf({ columns = 80, json = false, color = false, animated = true }: ScreenOptions = {}): Screen {
  let all = "";
  const write = (text: string) => {
    all += text;
  };
  const width = () => columns;
  return {
    terminal: new Terminal({
      out: write,
      err: write,
      json,
      color,
      interactive: true,
      outColumns: width,
      errColumns: width,
      animated,
    }),
    written: () => all,
    lines: () => all.split("\n").map((line) => line.split("\r\u001b[K").at(-1) ?? ""),
  };
}

import { type ErrorPlace, TepalError } from "../base/index.js";
import { explainedFileError } from "./files.js";
import type { Terminal } from "./terminal.js";

/** Errors in the command line itself: exit status 2. */
const commandLineCodes: ReadonlySet<string> = new Set(["command-line", "spec-invalid"]);

/** Whether the command line or the spec is wrong: running the command again cannot succeed. */
export function isCommandLineError({ code }: TepalError): boolean {
  return commandLineCodes.has(code);
}

/** An error as --json prints it. */
export function errorDocument({ code, message, place, hint }: TepalError) {
  return { error: { code, message, place, hint } };
}

/** Prints an error (as JSON under --json) and returns the exit status: 2 for an invalid command line, else 1. */
export function printError(thrown: unknown, during: string, terminal: Terminal): number {
  const error = explainedFileError(thrown);
  if (!(error instanceof TepalError)) return printBug(error, terminal);
  if (terminal.json && !terminal.hasResult) {
    terminal.result(errorDocument(error), "");
  } else {
    const place = placeText(error.place);
    terminal.note(`${terminal.paint("red", `${during}:`)} ${error.message}${place && ` (${place})`}`);
    terminal.note(`  ${error.hint}`);
    if (error.code !== "command-line") terminal.note(terminal.paint("dim", `  [${error.code}]`));
  }
  return isCommandLineError(error) ? 2 : 1;
}

function printBug(error: unknown, terminal: Terminal): number {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (terminal.json && !terminal.hasResult) {
    terminal.result({ error: { code: "bug", message: error instanceof Error ? error.message : String(error) } }, "");
  }
  terminal.note(stack);
  terminal.note("This is a bug in Tepal. Please report it with the lines above.");
  return 1;
}

/** "iris.sav, byte 12" */
function placeText({ file, byte, row, column, url }: ErrorPlace): string {
  return [
    file,
    url,
    byte !== undefined && `byte ${byte}`,
    row !== undefined && `row ${row}`,
    column !== undefined && `column ${column}`,
  ]
    .filter((part) => part !== undefined && part !== false)
    .join(", ");
}

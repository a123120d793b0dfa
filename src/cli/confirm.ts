import type { CommandContext } from "./command-context.js";
import { CliError } from "./errors.js";

/**
 * Requires a yes before a change that cannot be undone. Piped input is not read as an answer: scripts must pass --yes.
 * @throws CliError "not-confirmed" if the answer is not yes, or the terminal is not interactive
 */
export async function requireConfirmation(question: string, { terminal, ask }: CommandContext): Promise<void> {
  if (!terminal.interactive || terminal.json) {
    throw new CliError("not-confirmed", `${question}: cannot ask, because the terminal is not interactive`);
  }
  const answer = await ask(`${question}? [y/N] `);
  if (!/^y(es)?$/i.test(answer.trim())) throw new CliError("not-confirmed", "No changes made");
}

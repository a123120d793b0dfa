import { spawnSync } from "node:child_process";

/** For a test's `skip`: the reason when one of the programs is not installed, else false. */
export function missing(...programs: readonly string[]): string | false {
  const absent = programs.filter((program) => spawnSync("which", [program]).status !== 0);
  return absent.length > 0 && `${absent.join(" and ")} not installed`;
}

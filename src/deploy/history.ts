// The versions that a stage served before its present one. AWS keeps no history of an alias, so its description does.

const prefix = "Served before: ";
/** A description has at most 256 characters; a rollback to an older version names it. */
const versionsMax = 20;

/** The versions in an alias's description, oldest first. */
export function historyOf(description = ""): string[] {
  return description.startsWith(prefix) ? description.slice(prefix.length).split(", ") : [];
}

/** A description that `historyOf` reads; only the latest versions are kept. */
export function historyText(versions: readonly string[]): string {
  return versions.length === 0 ? "" : prefix + versions.slice(-versionsMax).join(", ");
}

/** The history after a switch from one version to another, which may be an earlier one. */
export function historyAfter(history: readonly string[], from: string, to: string): readonly string[] {
  if (from === to) return history;
  const back = history.lastIndexOf(to);
  return back < 0 ? [...history, from] : history.slice(0, back);
}

// Which versions a stage served before its present one. AWS keeps no history of an alias, so its description does.

const words = "Served before: ";
/** A description has at most 256 characters; who goes back further names the version. */
const versionsMax = 20;

/** The versions that an alias's description tells of, oldest first. */
export function historyOf(description = ""): string[] {
  return description.startsWith(words) ? description.slice(words.length).split(", ") : [];
}

/** What `historyOf` reads again; only the latest are kept. */
export function historyText(versions: readonly string[]): string {
  return versions.length === 0 ? "" : words + versions.slice(-versionsMax).join(", ");
}

/** The history after a step from one version to another, which may be a step back. */
export function historyAfter(history: readonly string[], from: string, to: string): readonly string[] {
  if (from === to) return history;
  const back = history.lastIndexOf(to);
  return back < 0 ? [...history, from] : history.slice(0, back);
}

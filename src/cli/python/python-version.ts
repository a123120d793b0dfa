// The Python version of an image: what the user chose, else what the project requires, else this machine's.

import { commandLineError } from "../parse.js";

/** Versions with a base image of AWS and with wheels of AWS's runtime client; newest first. As of November 2026. */
const supportedVersions = ["3.14", "3.13", "3.12", "3.11", "3.10", "3.9"];

/** Parser of --python. */
export function pythonVersion(text: string): string {
  if (/^3\.\d{1,2}$/.test(text)) return text;
  throw commandLineError(`${text} is not a Python version such as 3.12`);
}

/**
 * @param requires `requires-python` of pyproject.toml: ">=3.10,<3.13" (PEP 440)
 * @param machine the version of this machine's Python, which is preferred
 */
export function chooseVersion(requires: string | undefined, machine: string | undefined): string | undefined {
  if (requires === undefined) return machine;
  const candidates = [...(machine === undefined ? [] : [machine]), ...supportedVersions];
  return candidates.find((version) => satisfies(version, requires));
}

/** Whether some patch release of a version is allowed. */
function satisfies(version: string, requires: string): boolean {
  const minor = Number(version.split(".")[1]);
  return requires.split(",").every((clause) => {
    const [, operator = "", text = ""] = /^\s*(===?|!=|~=|>=?|<=?)\s*([\d.]+(?:\.\*)?)\s*$/.exec(clause) ?? [];
    const [major, required = 0, patch = 0] = text.replace(".*", "").split(".").map(Number);
    if (major !== 3)
      return operator === ">=" || operator === ">" ? (major ?? 9) < 3 : operator === "" || (major ?? 0) > 3;
    switch (operator) {
      case ">=":
        return minor >= required;
      case ">":
        // 3.11.5 is greater than 3.11.4, but no release of 3.11 counts as greater than 3.11.
        return minor > required || (minor === required && text.split(".").length > 2);
      case "<":
        return minor < required || (minor === required && patch > 0);
      case "<=":
        return minor < required || (minor === required && text.split(".").length > 2);
      case "~=":
        return text.split(".").length > 2 ? minor === required : minor >= required;
      case "==":
      case "===":
        return minor === required || text === "3.*" || text === "3";
      case "!=":
        return !(minor === required && text.endsWith(".*"));
      default:
        return true;
    }
  });
}

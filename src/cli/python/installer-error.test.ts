// What pip 23 to 25 and uv 0.5 to 0.9 print, shortened.

import assert from "node:assert/strict";
import { test } from "node:test";
import { installerError } from "./installer-error.js";

const target = { platform: { os: "linux", architecture: "amd64" }, version: "3.11", glibc: "2.34" };

for (const [name, installer, stderr, message, hint] of [
  [
    "a version that has no wheel",
    "pip",
    "ERROR: Could not find a version that satisfies the requirement numpy==1.9 (from versions: 1.26.0, 2.0.0)\nERROR: No matching distribution found for numpy==1.9",
    "No wheel of numpy==1.9 for linux/amd64 and Python 3.11 (versions with wheels: 1.26.0, 2.0.0)",
    /--python/,
  ],
  [
    "a package that does not exist",
    "pip",
    "ERROR: Could not find a version that satisfies the requirement nothing (from versions: none)\nERROR: No matching distribution found for nothing",
    "No wheel of nothing for linux/amd64 and Python 3.11 in the package index",
    /Check the name and the index URL/,
  ],
  [
    "a package required by another one",
    "pip",
    "ERROR: Could not find a version that satisfies the requirement old>2 (from new) (from versions: 1.0)\nERROR: No matching distribution found for old>2",
    "No wheel of old>2 for linux/amd64 and Python 3.11 (versions with wheels: 1.0)",
    /Check the name/,
  ],
  [
    "versions that exclude each other",
    "pip",
    "ERROR: Cannot install a==1 and b==2 because these package versions have conflicting dependencies.\n\nThe conflict is caused by:\n    The user requested b==2\n    a 1 depends on b<2\n\nTo fix this you could try to:\nERROR: ResolutionImpossible: for help visit",
    "Requirements conflict: The user requested b==2; a 1 depends on b<2",
    /Change one of the versions/,
  ],
  [
    "no network",
    "pip",
    "WARNING: Retrying after connection broken by 'NewConnectionError(': Temporary failure in name resolution')': /simple/a/\nERROR: Could not find a version that satisfies the requirement a (from versions: none)\nERROR: No matching distribution found for a",
    /^pip cannot reach the package index: Temporary failure in name resolution/,
    /Check the network/,
  ],
  [
    "a wrong hash",
    "pip",
    "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n    a from https://files.test/a.whl:\n        Expected sha256 00",
    /^A downloaded package does not match its hash/,
    /--lock/,
  ],
  [
    "a password that an index rejects",
    "pip",
    "ERROR: HTTP error 401 while getting https://me:password@host.test/simple/a/\nERROR: 401 Client Error: Unauthorized for url: https://me:password@host.test/simple/a/",
    /^The package index denied access: (?!.*password)/s,
    /credentials/,
  ],
  [
    "an old pip",
    "pip",
    "Usage: pip install\n\nno such option: --dry-run",
    /^pip ended with status 1: .*no such option/s,
    /pip 22\.2 or newer/,
  ],
  [
    "a package that does not exist",
    "uv",
    "  × No solution found when resolving dependencies:\n  ╰─▶ Because nothing-here was not found in the package registry and you\n      require nothing-here, we can conclude that your requirements are\n      unsatisfiable.",
    /^No wheel of nothing-here for linux\/amd64 and Python 3\.11: Because nothing-here was not found in the package/,
    /Check the name/,
  ],
  [
    "a version without wheels",
    "uv",
    "  × No solution found when resolving dependencies:\n  ╰─▶ Because numpy==1.9.0 has no usable wheels and you require numpy==1.9.0, we\n      can conclude that your requirements are unsatisfiable.",
    /^No wheel of numpy==1\.9\.0 for linux\/amd64 and Python 3\.11: Because numpy==1\.9\.0 has no usable wheels and you/,
    /built from source/,
  ],
  [
    "versions that exclude each other",
    "uv",
    "  × No solution found when resolving dependencies:\n  ╰─▶ Because a==1 depends on b<2 and you require a==1, we can conclude that\n      you require b<2.\n      And because you require b==2, we can conclude that your requirements\n      are unsatisfiable.",
    /^Requirements conflict: Because a==1 depends on b<2 and you require a==1/,
    /Change one of the versions/,
  ],
  [
    "no network",
    "uv",
    "error: Failed to fetch: `https://pypi.org/simple/a/`\n  Caused by: dns error: failed to lookup address information",
    /^uv cannot reach the package index: Failed to fetch/,
    /Check the network/,
  ],
] as const) {
  test(`explains ${name} (${installer})`, () => {
    const error = installerError(installer, { status: 1, stdout: "", stderr }, target);

    assert.equal(error.code, "requirements-unresolved");
    if (typeof message === "string") assert.equal(error.message, message);
    else assert.match(error.message, message);
    assert.match(error.hint ?? "", hint);
  });
}

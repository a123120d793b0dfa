import assert from "node:assert/strict";
import { test } from "node:test";
import { cacheDirectory, dataDirectory } from "./directories.js";

const [homeDir, cwd] = ["/home/me", "/work"];

for (const [platform, env, data, cache] of [
  ["linux", {}, "/home/me/.local/share/tepal", "/home/me/.cache/tepal"],
  ["darwin", {}, "/home/me/Library/Application Support/tepal", "/home/me/Library/Caches/tepal"],
  ["win32", { LOCALAPPDATA: "/local" }, "/local/tepal/data", "/local/tepal/cache"],
  ["win32", {}, "/home/me/AppData/Local/tepal/data", "/home/me/AppData/Local/tepal/cache"],
  ["darwin", { XDG_DATA_HOME: "/d", XDG_CACHE_HOME: "/c" }, "/d/tepal", "/c/tepal"],
] as const) {
  test(`data is in ${data} on ${platform} with ${JSON.stringify(env)}`, () => {
    assert.equal(dataDirectory({ env, cwd, homeDir, platform }), data);
    assert.equal(cacheDirectory({ env, homeDir, platform }), cache);
  });
}

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { projectPath } from "../../../test/support/project.js";
import { categoryHash } from "./hashes.js";

test("hashes strings of every length class as CatBoost does", () => {
  const path = projectPath("src/model/catboost/fixtures/1.2.10/hashes.json");
  const hashes = Object.entries(JSON.parse(readFileSync(path, "utf8")) as Record<string, number>);

  assert.ok(hashes.length > 30);
  for (const [text, hash] of hashes) assert.equal(categoryHash(text), hash | 0, JSON.stringify(text));
});

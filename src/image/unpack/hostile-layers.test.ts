import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryDirectory } from "../../../test/support/temporary-directory.js";
import { TepalError } from "../../base/index.js";
import type { EntryType } from "../tar/header.js";
import { type NewEntry, tarOf } from "../tar/write-tar.js";
import { unpackLayer } from "./unpack-layer.js";

const layersTried = 300;
const limits = { bytesMax: 1 << 20, entriesMax: 100 };

/**
 * Numbers that look random and are the same in every run (a linear congruential generator, Numerical Recipes'
 * constants).
 */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const names = [
  "a",
  "b",
  "c",
  "d",
  "a",
  "b",
  "c",
  "d",
  "..",
  ".",
  "",
  "a/b",
  ".wh.a",
  ".wh..wh..opq",
  "../outside",
  "/etc",
  "x".repeat(120),
];
const types: readonly EntryType[] = ["file", "file", "directory", "symlink", "symlink", "hardlink", "fifo"];

/** A tar file of entries that get in each other's way. */
function randomLayer(pick: (below: number) => number): Buffer {
  const path = () => Array.from({ length: 1 + pick(2) }, () => names[pick(names.length)]!).join("/");
  const entries = Array.from({ length: 1 + pick(8) }, () => {
    const type = types[pick(types.length)]!;
    const entry: NewEntry = { type, path: path(), mode: pick(0o10000), linkPath: type.endsWith("link") ? path() : "" };
    return { entry, content: Buffer.from(type === "file" ? "content" : "") };
  });
  return tarOf(entries);
}

/** The same with some bytes changed and sometimes an end cut off. */
function damaged(layer: Buffer, pick: (below: number) => number): Buffer {
  const bytes = Buffer.from(layer);
  for (let changes = pick(4); changes > 0; changes--) bytes[pick(bytes.length)] = pick(256);
  return pick(8) === 0 ? bytes.subarray(0, pick(bytes.length)) : bytes;
}

test("any layer ends in files inside the root or in a coded error", async (t) => {
  const folder = temporaryDirectory(t);
  const root = join(folder, "root");
  writeFileSync(join(folder, "outside"), "untouched");
  let unpacked = 0;
  for (let seed = 1; seed <= layersTried; seed++) {
    const pick = numbers(seed);
    const layer = seed % 2 ? randomLayer(pick) : damaged(randomLayer(pick), pick);
    mkdirSync(root);

    await unpackLayer(oneChunk(layer), root, limits).then(
      () => unpacked++,
      (error: unknown) => assert.ok(error instanceof TepalError, `seed ${seed}: ${error}`),
    );

    assert.equal(readFileSync(join(folder, "outside"), "utf8"), "untouched", `seed ${seed}`);
    assert.deepEqual(readdirSync(folder).sort(), ["outside", "root"], `seed ${seed}`);
    rmSync(root, { recursive: true });
  }
  // Otherwise the entries would be so wild that nothing is tested behind the first check.
  assert.ok(unpacked > layersTried / 5, `${unpacked} unpacked`);
});

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

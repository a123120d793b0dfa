// What joblib, Python and lz4 compressed, and the same with bytes changed.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { tableOf } from "../../../test/support/model-fixtures.js";
import { missing } from "../../../test/support/programs.js";
import { projectPath } from "../../../test/support/project.js";
import { TepalError } from "../../base/index.js";
import { readModel } from "../index.js";
import { inflateBzip2 } from "./bzip2.js";
import { inflateLz4 } from "./lz4.js";
import { inflateLzma, inflateXz } from "./xz.js";

const root = projectPath("src/model/compression/fixtures");
const bytesOf = (name: string) => new Uint8Array(readFileSync(`${root}/${name}`));
const compressed = readdirSync(root).filter((name) => !/\.(json|py)$/.test(name));
const { input, decision_function } = JSON.parse(readFileSync(`${root}/svc.json`, "utf8"));

for (const name of compressed) {
  test(`predicts as scikit-learn: ${name}`, async () => {
    const model = await readModel(bytesOf(name));
    assert.equal(model.signature.format, "joblib");
    const { data } = await model.run("decision_function", tableOf(input));
    assert.deepEqual(Array.from(data), decision_function.flat());
  });
}

test("every compression of joblib is among the files", () => {
  assert.equal(compressed.length, 7);
});

const python = missing("python3");
for (const [name, code, inflate] of [
  ["bzip2 with the smallest blocks, twice", "bz2.compress(d, 1) + bz2.compress(d, 1)", inflateBzip2],
  ["xz with each kind of check", "lzma.compress(d, check=lzma.CHECK_CRC32) + lzma.compress(d, preset=0)", inflateXz],
  ["xz with a SHA-256", "lzma.compress(d, check=lzma.CHECK_SHA256) + lzma.compress(d, check=0)", inflateXz],
  ["lzma", "lzma.compress(d + d, format=lzma.FORMAT_ALONE)", inflateLzma],
] as const) {
  test(`what Python writes as ${name} is read back`, { skip: python }, () => {
    // Words, runs longer than a byte counts, and noise that does not shrink: each makes another kind of block.
    const script = `import bz2, lzma, random, sys
r = random.Random(7)
d = b"".join(bytes(r.choices(b"abcdefgh ", k=50)) for _ in range(3000)) + bytes(300000) + bytes(r.randrange(256) for _ in range(70000)) + b"tail"
c = ${code}
sys.stdout.buffer.write(len(c).to_bytes(4, "little") + c + d + d)`;
    const { stdout } = spawnSync("python3", ["-c", script], { maxBuffer: 1 << 26 });
    const length = stdout.readUInt32LE(0);

    const found = inflate(new Uint8Array(stdout.subarray(4, 4 + length)));

    assert.equal(Buffer.compare(found, stdout.subarray(4 + length)), 0);
  });
}

test("rejects a file with any changed byte, unless its content is the same", () => {
  const inflaters = { bz2: inflateBzip2, lzma: inflateLzma, xz: inflateXz, lz4: inflateLz4 };
  const refused = new Map<string, number>();
  for (const [extension, inflate] of Object.entries(inflaters)) {
    const name = `svc.joblib.${extension}`;
    const whole = inflate(bytesOf(name));
    for (let at = 0; at < bytesOf(name).length; at += 3) {
      const file = bytesOf(name);
      file[at] = file[at]! ^ (1 << (at % 8));
      try {
        const found = inflate(file);
        // lzma alone and joblib's lz4 have no checksum over their content.
        if (extension === "bz2" || extension === "xz") assert.deepEqual(found, whole, `${name} ${at}`);
      } catch (error) {
        assert.ok(error instanceof TepalError, `${name} ${at}: ${error}`);
        refused.set(extension, (refused.get(extension) ?? 0) + 1);
      }
    }
  }
  assert.ok(refused.get("bz2")! > 500 && refused.get("xz")! > 450);
});

test("rejects a small file of forty million zeros", { skip: python }, () => {
  const script = "import lzma, sys; sys.stdout.buffer.write(lzma.compress(bytes(40_000_000), preset=0))";
  const { stdout } = spawnSync("python3", ["-c", script], { maxBuffer: 1 << 26 });

  assert.throws(() => inflateXz(new Uint8Array(stdout)), {
    code: "model-too-large",
    message: /more than 16777216 bytes/,
  });
});

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { gunzipSync as otherGunzip } from "fflate";
import { gzipPieces, tableCrc32 } from "./gzip-pieces.js";

async function gzipped(chunks: readonly Uint8Array[]): Promise<Buffer> {
  async function* each() {
    yield* chunks;
  }
  const out: Uint8Array[] = [];
  for await (const bytes of gzipPieces(each())) out.push(bytes);
  return Buffer.concat(out);
}

for (const [name, chunks] of [
  ["nothing", []],
  ["less than a piece", [Buffer.from("a"), Buffer.from("b")]],
  ["exactly one piece", [Buffer.alloc(1 << 20, "x")]],
  ["several pieces in uneven chunks", [randomBytes(1_500_000), Buffer.alloc(3_000_001, "xyz"), Buffer.from("end")]],
] as const) {
  test(`zlib and fflate decompress ${name}, as one gzip member`, async () => {
    const bytes = await gzipped(chunks);

    assert.ok(gunzipSync(bytes).equals(Buffer.concat(chunks)));
    // fflate reads one member and does not check the CRC; zlib does.
    assert.ok(Buffer.concat([otherGunzip(bytes)]).equals(Buffer.concat(chunks)));
  });
}

test("the CRC for old Node versions is correct, in one call or in two", () => {
  assert.equal(tableCrc32(Buffer.from("123456789"), 0), 0xcbf43926);
  assert.equal(tableCrc32(Buffer.from("6789"), tableCrc32(Buffer.from("12345"), 0)), 0xcbf43926);
});

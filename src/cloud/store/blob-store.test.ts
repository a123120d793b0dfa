import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryDirectory } from "../../../test/support/temporary-directory.js";
import { openBlobs } from "./blob-store.js";

/** `printf hello | sha256sum` */
const helloDigest = "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

test("stores a blob once under its digest, and removes it", (t) => {
  const folder = temporaryDirectory(t);
  const blobs = openBlobs(folder);

  assert.equal(blobs.put(Buffer.from("hello")), helloDigest);
  assert.equal(blobs.put(Buffer.from("hello")), helloDigest);

  assert.equal(blobs.path(helloDigest), join(folder, "sha256", "2c", helloDigest.slice(7)));
  assert.equal(blobs.size(helloDigest), 5);
  assert.deepEqual(readdirSync(blobs.uploadDir), []);
  assert.deepEqual([blobs.remove(helloDigest), blobs.remove(helloDigest)], [true, false]);
  assert.equal(blobs.read(helloDigest), undefined);
});

test("adopts a finished file, also if the blob exists already", (t) => {
  const blobs = openBlobs(temporaryDirectory(t));
  for (const name of ["first", "second"]) {
    writeFileSync(join(blobs.uploadDir, name), "hello");
    blobs.adopt(join(blobs.uploadDir, name), helloDigest);
  }

  assert.equal(Buffer.from(blobs.read(helloDigest) ?? []).toString(), "hello");
  assert.deepEqual(readdirSync(blobs.uploadDir), []);
});

test("removes the files of an interrupted put on start, but not uploads", (t) => {
  const folder = temporaryDirectory(t);
  const { uploadDir } = openBlobs(folder);
  writeFileSync(join(uploadDir, "put-1"), "half");
  writeFileSync(join(uploadDir, "upload-1"), "half");

  openBlobs(folder);

  assert.deepEqual(readdirSync(uploadDir), ["upload-1"]);
});

for (const digest of ["sha256:../../etc/passwd", "sha512:00", "", "SHA256:2cf2"]) {
  test(`rejects ${JSON.stringify(digest)} as a digest`, (t) => {
    const blobs = openBlobs(temporaryDirectory(t));

    assert.deepEqual([blobs.has(digest), blobs.path(digest), blobs.remove(digest)], [false, undefined, false]);
    assert.throws(() => blobs.adopt("anything", digest), TypeError);
  });
}

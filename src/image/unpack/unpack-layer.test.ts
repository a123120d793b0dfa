import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { gzipSync } from "node:zlib";
import type { EntryType } from "../tar/header.js";
import { tarOf } from "../tar/write-tar.js";
import { unpackLayer } from "./unpack-layer.js";

const file = (path: string, text = "", mode = 0o644) => ({
  entry: { type: "file" as const, path, mode },
  content: Buffer.from(text),
});
const other = (type: EntryType, path: string, linkPath = "", mode = 0o755) => ({
  entry: { type, path, linkPath, mode },
});

/** A folder with the root inside and a file beside it that no layer may touch. */
function newRoot(t: TestContext): { root: string; outside: string } {
  const folder = mkdtempSync(join(tmpdir(), "tepal-unpack-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "root"));
  writeFileSync(join(folder, "outside"), "untouched");
  return { root: join(folder, "root"), outside: join(folder, "outside") };
}

async function* pieces(bytes: Uint8Array, size = bytes.length): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test("unpacks a layer with modes, links and times, from chunks of any size", async (t) => {
  const tar = tarOf([
    other("directory", "etc/", "", 0o700),
    file("etc/passwd", "root:x:0:0\n", 0o644),
    file("bin/sh", "#!", 0o4755),
    other("symlink", "bin/bash", "sh"),
    other("hardlink", "bin/ash", "bin/sh"),
    file(`${"long/".repeat(40)}name`, "deep"),
  ]);
  for (const size of [1, 511, 513, tar.length]) {
    const { root } = newRoot(t);

    const unpacked = await unpackLayer(pieces(tar, size), root);

    assert.equal(readFileSync(join(root, "etc/passwd"), "utf8"), "root:x:0:0\n");
    assert.equal(statSync(join(root, "etc")).mode & 0o7777, 0o700);
    assert.equal(statSync(join(root, "bin/sh")).mode & 0o7777, 0o755);
    assert.equal(statSync(join(root, "bin/sh")).mtimeMs, 0);
    assert.equal(readlinkSync(join(root, "bin/bash")), "sh");
    assert.equal(statSync(join(root, "bin/ash")).ino, statSync(join(root, "bin/sh")).ino);
    assert.equal(readFileSync(join(root, `${"long/".repeat(40)}name`), "utf8"), "deep");
    assert.deepEqual(unpacked, { entries: 6, bytes: 17, skipped: [] });
  }
});

for (const format of ["gnu", "pax", "ustar"]) {
  test(`unpacks what GNU tar writes as ${format}, with gzip or uncompressed`, async (t) => {
    const { root } = newRoot(t);
    const from = newRoot(t).root;
    const path = `${"d".repeat(90)}/${"f".repeat(90)}`;
    mkdirSync(join(from, "d".repeat(90)));
    writeFileSync(join(from, path), "text");
    symlinkSync("t".repeat(95), join(from, "link"));
    const { stdout, error } = spawnSync("tar", ["-c", `--format=${format}`, "-C", from, "."]);
    if (error) return t.skip("no tar");

    await unpackLayer(pieces(gzipSync(stdout)), root);
    await unpackLayer(pieces(stdout), root);

    assert.equal(readFileSync(join(root, path), "utf8"), "text");
    assert.equal(readlinkSync(join(root, "link")), "t".repeat(95));
  });
}

test("whiteouts remove files of lower layers, and none of their own layer", async (t) => {
  const { root } = newRoot(t);
  await unpackLayer(
    pieces(tarOf([file("a/old"), file("a/sub/old"), file("b/gone"), file("b/kept"), file("c/d/e")])),
    root,
  );

  await unpackLayer(
    pieces(
      tarOf([
        file("a/sub/new"),
        file("a/.wh..wh..opq"),
        file("a/later"),
        file("b/.wh.gone"),
        file(".wh.c"),
        file("b/.wh..wh.plnk/1"),
      ]),
    ),
    root,
  );

  const found = readdirSync(root, { recursive: true, encoding: "utf8" });
  assert.deepEqual(found.sort(), ["a", "a/later", "a/sub", "a/sub/new", "b", "b/kept"]);
});

test("follows links of lower layers, inside the root only", async (t) => {
  const { root, outside } = newRoot(t);
  const lower = [other("directory", "usr/lib"), other("symlink", "lib", "/usr/lib"), other("symlink", "up", "../..")];
  await unpackLayer(pieces(tarOf(lower)), root);

  await unpackLayer(pieces(tarOf([file("lib/libc.so.6", "elf"), file("up/outside", "inside")])), root);

  assert.equal(readFileSync(join(root, "usr/lib/libc.so.6"), "utf8"), "elf");
  assert.equal(readFileSync(join(root, "outside"), "utf8"), "inside");
  assert.equal(readFileSync(outside, "utf8"), "untouched");
});

test("an entry replaces a link, not its target", async (t) => {
  const { root, outside } = newRoot(t);
  const tar = tarOf([
    other("symlink", "a", outside),
    file("a", "mine"),
    other("symlink", "b", outside),
    other("hardlink", "c", "b"),
    file("c", "mine"),
    other("symlink", "d", ".."),
    other("directory", "d/", "", 0o777),
  ]);

  await unpackLayer(pieces(tar), root);

  assert.equal(readFileSync(outside, "utf8"), "untouched");
  assert.equal(readFileSync(join(root, "a"), "utf8"), "mine");
  assert.ok(lstatSync(join(root, "d")).isDirectory());
});

test("skips devices and fifos, and reports their paths", async (t) => {
  const { root } = newRoot(t);

  const { skipped } = await unpackLayer(
    pieces(tarOf([other("character", "dev/null"), other("block", "dev/sda"), other("fifo", "run/pipe")])),
    root,
  );

  assert.deepEqual(skipped, ["dev/null", "dev/sda", "run/pipe"]);
  assert.ok(!existsSync(join(root, "dev/null")));
});

/** Each link leads 60 folders further down than the one before. */
const deepByLinks = Array.from({ length: 6 }, (_, i) => [
  other("symlink", `l${i}`, `${i === 0 ? "" : `l${i - 1}/`}${"d/".repeat(60)}`),
  file(`l${i}/file`),
]).flat();

for (const [name, entries, code] of [
  ["a path with ..", [file("../outside", "x")], "image-path-unsafe"],
  ["a path with .. in the middle", [file("a/../../outside", "x")], "image-path-unsafe"],
  ["a hard link out of the root", [other("hardlink", "a", "../outside")], "image-path-unsafe"],
  [
    "a hard link through a link out of the root",
    [other("symlink", "u", ".."), other("hardlink", "a", "u/outside")],
    "image-path-unsafe",
  ],
  ["a hard link to a directory", [other("directory", "d"), other("hardlink", "a", "d")], "image-path-unsafe"],
  ["a whiteout of ..", [file("a/.wh..."), file("b")], "image-path-unsafe"],
  ["a whiteout of nothing", [file(".wh.")], "image-path-unsafe"],
  ["a loop of links", [other("symlink", "a", "b"), other("symlink", "b", "a"), file("a/x")], "image-path-unsafe"],
  ["a name longer than any file's", [file("n".repeat(300))], "image-path-unsafe"],
  ["a link to a path longer than any", [other("symlink", "a", "x/".repeat(3000))], "image-path-unsafe"],
  ["a tree that is too deep", [file(`${"d/".repeat(300)}file`)], "image-path-unsafe"],
  ["a tree that links make too deep", deepByLinks, "image-path-unsafe"],
  ["a link without a target", [other("symlink", "a", "")], "image-path-unsafe"],
  ["more entries than allowed", Array.from({ length: 13 }, (_, i) => file(`f${i}`)), "image-limit"],
  ["more bytes than allowed", [file("a", "x".repeat(600)), file("b", "x".repeat(600))], "image-limit"],
] as const) {
  test(`rejects ${name} and changes nothing outside`, async (t) => {
    const { root, outside } = newRoot(t);

    await assert.rejects(unpackLayer(pieces(tarOf(entries)), root, { bytesMax: 1000, entriesMax: 12 }), { code });

    assert.equal(readFileSync(outside, "utf8"), "untouched");
    assert.deepEqual(readdirSync(join(root, "..")).sort(), ["outside", "root"]);
  });
}

/** A tar file with a field of its first header set, and the checksum made to fit. */
function withField(tar: Uint8Array, offset: number, value: Uint8Array, typeFlag?: string): Buffer {
  const bytes = Buffer.from(tar);
  bytes.set(value, offset);
  if (typeFlag) bytes.write(typeFlag, 156);
  bytes.fill(" ", 148, 156);
  const sum = bytes.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return bytes;
}

const whole = tarOf([file("a", "x".repeat(2000))]);
for (const [name, bytes, code] of [
  ["a file cut inside its content", whole.subarray(0, 1500), "image-tar-cut-short"],
  ["a file cut inside a header", whole.subarray(0, 100), "image-tar-cut-short"],
  ["a negative size", withField(whole, 124, Buffer.alloc(12, 0xff)), "image-tar-invalid"],
  ["a size beyond any file", withField(whole, 124, Buffer.alloc(12, 0x80)), "image-tar-invalid"],
  ["an extension that is too long", withField(whole, 124, Buffer.from("00077777777\0"), "x"), "image-tar-unsupported"],
  ["an unknown type", withField(whole, 156, Buffer.from("Z")), "image-tar-unsupported"],
  ["a damaged header", Buffer.concat([Buffer.from("x"), whole.subarray(1)]), "image-tar-invalid"],
  ["a file that is not a tar archive", Buffer.from("not a tar file".repeat(100)), "image-tar-invalid"],
  ["gzip that is cut short", gzipSync(whole).subarray(0, 40), "image-layer-corrupt"],
  ["gzip with a wrong byte", gzipSync(whole).fill(0xff, 20, 24), "image-layer-corrupt"],
] as const) {
  test(`rejects ${name}`, async (t) => {
    await assert.rejects(unpackLayer(pieces(bytes), newRoot(t).root), { code });
  });
}

for (const format of ["gnu", "pax"]) {
  for (const date of ["1960-01-01", "2500-01-01"]) {
    test(`unpacks a file of ${date} that GNU tar writes as ${format}`, async (t) => {
      const from = newRoot(t).root;
      const { root } = newRoot(t);
      const { error } = spawnSync("touch", ["-d", date, join(from, "file")]);
      const { stdout } = spawnSync("tar", ["-c", `--format=${format}`, "-C", from, "file"]);
      if (error) return t.skip("no touch");

      await unpackLayer(pieces(stdout), root);

      assert.deepEqual(readdirSync(root), ["file"]);
    });
  }
}

test("rejects a sparse file with its name", async (t) => {
  const from = newRoot(t).root;
  const { error } = spawnSync("truncate", ["-s", "1M", join(from, "hole")]);
  const { stdout } = spawnSync("tar", ["-c", "--sparse", "-C", from, "hole"]);
  if (error) return t.skip("no truncate");

  await assert.rejects(unpackLayer(pieces(stdout), newRoot(t).root), {
    code: "image-tar-unsupported",
    message: '"hole" is stored as a sparse file',
  });
});

test("reports a directory that is not writable with the system's error", async (t) => {
  const path = join(newRoot(t).root, "none");

  await assert.rejects(unpackLayer(pieces(whole), path), { code: "image-unpack-failed", message: /ENOENT/ });
});

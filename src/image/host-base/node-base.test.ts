import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type TestContext, test } from "node:test";
import { unpackLayer } from "../unpack/unpack-layer.js";
import { readElf } from "./elf.js";
import { externalBuiltins } from "./external-builtins.js";
import { librariesOf } from "./libraries.js";
import { nodeBase } from "./node-base.js";

const onLinux = process.platform === "linux" ? {} : { skip: "not Linux" };

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "tepal-base-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("finds the same libraries as ldd", onLinux, (t) => {
  const { stdout, error } = spawnSync("ldd", [process.execPath], { encoding: "utf8" });
  if (error || !stdout.includes("libc.so.6")) return t.skip("no ldd of glibc");
  const expected = [...stdout.matchAll(/(?:=> )?(\/\S+) \(0x/g)].map(([, path]) => realpathSync(path!));

  const found = librariesOf(process.execPath).map(({ from }) => realpathSync(from));

  assert.deepEqual(found.sort(), expected.sort());
});

test("the base contains Node and its libraries, and is created once", onLinux, async (t) => {
  const cacheDir = newFolder(t);
  const root = newFolder(t);
  const options = { execPath: process.execPath, system: process.platform, cacheDir };

  const base = await nodeBase(options);
  const made = statSync(join(cacheDir, "layers"));
  const again = await nodeBase(options);
  await unpackLayer(base.layers[0]!.open(), root);

  assert.deepEqual(again.diffIds, base.diffIds);
  assert.equal(again.layers[0]!.digest, base.layers[0]!.digest);
  assert.equal(statSync(join(cacheDir, "layers")).mtimeMs, made.mtimeMs);
  assert.equal(base.architecture, { x64: "amd64", arm64: "arm64" }[process.arch as string]);
  assert.equal(statSync(join(root, "tmp")).mode & 0o7777, 0o1777);
  if (process.getuid?.() !== 0) return t.diagnostic("not root: Node is not run inside the base");
  const env = { PATH: process.env.PATH };
  const { stdout, stderr } = spawnSync("chroot", [root, base.node, "-p", "6 * 7"], { encoding: "utf8", env });
  assert.equal(stdout, "42\n", stderr);
});

test("the base contains the license of Node", onLinux, async (t) => {
  const [prefix, cacheDir, root] = [newFolder(t), newFolder(t), newFolder(t)];
  mkdirSync(join(prefix, "bin"));
  writeFileSync(join(prefix, "bin", "node"), staticProgram);
  writeFileSync(join(prefix, "LICENSE"), "Node.js is licensed for use as follows");

  const base = await nodeBase({ execPath: join(prefix, "bin", "node"), system: "linux", cacheDir });
  await unpackLayer(base.layers[0]!.open(), root);

  assert.match(readFileSync(join(root, "usr", "share", "doc", "nodejs", "LICENSE"), "utf8"), /^Node\.js is licensed/);
});

test("requires a base image on other systems than Linux", async () => {
  await assert.rejects(nodeBase({ execPath: process.execPath, system: "darwin", cacheDir: "/nowhere" }), {
    code: "image-base-system",
    message: "Node of this system (darwin) cannot run in a Linux image",
  });
});

test("finds the scripts that a distribution's Node reads from other packages", (t) => {
  const path = join(newFolder(t), "libnode.so.115");
  const script = findScript();
  if (!script) return t.skip("no script below /usr");
  const text = Buffer.from(`\0/usr/none.js\0${script}\0PATH=${script}, more\0${script}on\0`);
  // The others lie in the seam between two pieces that are read.
  for (const before of [0, (4 << 20) - 20, (4 << 20) - 300]) {
    writeFileSync(path, Buffer.concat([Buffer.alloc(before), text]));

    assert.deepEqual(externalBuiltins(path), [script]);
  }
});

/** Any script below /usr, such as one of npm's. */
function findScript(): string | undefined {
  const words = ["/usr/lib", "/usr/share", "-name", "*.js", "-type", "f", "-print", "-quit"];
  const path = spawnSync("find", words, { encoding: "utf8" }).stdout?.trim();
  return path && /^[\w./@+-]+$/.test(path) ? path : undefined;
}

/** An ELF file with no program headers that names itself 64-bit, little-endian and for x86-64: a static program. */
const staticProgram = Buffer.alloc(64);
staticProgram.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
staticProgram.writeUInt16LE(62, 18);

test("a statically linked program has no libraries", (t) => {
  const path = join(newFolder(t), "static");
  writeFileSync(path, staticProgram);

  assert.deepEqual(readElf(path), { machine: 62, interpreter: undefined, needed: [], rpath: [], runpath: [] });
  assert.deepEqual(librariesOf(path), []);
});

const hugeTable = Buffer.from(staticProgram);
hugeTable.writeUInt16LE(0xffff, 56);
for (const [name, bytes] of [
  ["a script", Buffer.from("#!/bin/sh\nexec node\n".repeat(10))],
  ["an empty file", Buffer.alloc(0)],
  ["a 32-bit program", Buffer.from(staticProgram).fill(1, 4, 5)],
  ["a program header table beyond the end", hugeTable],
] as const) {
  test(`rejects ${name} with its name`, (t) => {
    const path = join(newFolder(t), "program");
    writeFileSync(path, bytes);

    assert.throws(() => readElf(path), { code: "image-base-elf", message: new RegExp(basename(path)) });
  });
}

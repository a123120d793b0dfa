import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type TestContext, test } from "node:test";
import { temporaryDirectory } from "../../../test/support/temporary-directory.js";
import { openStore } from "./lmdb-store.js";

function storeIn(t: TestContext, folder = temporaryDirectory(t)) {
  const store = openStore(folder);
  t.after(() => store.close());
  return store;
}

test("returns a copy of the document that was put", (t) => {
  const roles = storeIn(t).collection<object>("roles");
  const role = {
    name: "größe 😀",
    created: new Date(1_700_000_000_123),
    key: Uint8Array.of(0, 255),
    tags: { a: "1" },
    ports: [1, 2.5, -3],
    none: null,
    on: true,
  };
  roles.put(["a", "b"], role);
  role.tags.a = "changed";

  const read = roles.get(["a", "b"]);

  assert.deepEqual({ ...read, key: new Uint8Array(role.key) }, { ...role, tags: { a: "1" } });
  assert.equal(roles.get(["a"]), undefined);
  assert.equal(roles.get(["a", "b", ""]), undefined);
});

test("lists the keys with a prefix, in order, of one collection only", (t) => {
  const store = storeIn(t);
  const functions = store.collection<number>("functions");
  for (const [index, key] of [
    ["1", "eu", "b"],
    ["1", "eu", "a/b"],
    ["1", "eu-west", "c"],
    ["1", "eu", "a"],
  ].entries())
    functions.put(key, index);
  store.collection<number>("functionsX").put(["1", "eu", "a"], 9);

  assert.deepEqual(functions.list(["1", "eu"]), [
    { key: ["1", "eu", "a"], document: 3 },
    { key: ["1", "eu", "a/b"], document: 1 },
    { key: ["1", "eu", "b"], document: 0 },
  ]);
  assert.equal(functions.keys([]).length, 4);
  assert.deepEqual([functions.remove(["1", "eu", "a"]), functions.remove(["1", "eu", "a"])], [true, false]);
});

test("undoes a write that throws, including inner writes", (t) => {
  const store = storeIn(t);
  const names = store.collection<string>("names");
  names.put(["kept"], "before");

  assert.throws(
    () =>
      store.write(() => {
        names.put(["kept"], "after");
        store.write(() => names.put(["new"], "x"));
        assert.equal(names.get(["kept"]), "after");
        throw new Error("stop");
      }),
    { message: "stop" },
  );

  assert.deepEqual(names.list([]), [{ key: ["kept"], document: "before" }]);
});

test("rejects and undoes an asynchronous write", (t) => {
  const store = storeIn(t);
  const names = store.collection<string>("names");

  assert.throws(() => store.write(async () => names.put(["a"], "x")), TypeError);
  assert.equal(names.get(["a"]), undefined);
});

for (const [name, document, message] of [
  ["a class instance", { at: { url: new URL("http://x/") } }, "document.at.url is not plain data: an instance of URL"],
  ["a function", { list: [() => 1] }, "document.list[0] is not plain data: a function"],
  ["a Map", new Map(), "document is not plain data: an instance of Map"],
] as const) {
  test(`rejects ${name} as a document`, (t) => {
    assert.throws(() => storeIn(t).collection<object>("x").put(["k"], document), { name: "TypeError", message });
  });
}

test("keeps documents and blobs across a restart, and deletes them on clear", async (t) => {
  const folder = temporaryDirectory(t);
  const first = openStore(folder);
  first.collection<number>("n").put(["a"], 1);
  const digest = first.blobs.put(Buffer.from("layer"));
  await first.close();

  const second = openStore(folder);
  assert.equal(second.collection("n").get(["a"]), 1);
  assert.equal(Buffer.from(second.blobs.read(digest) ?? []).toString(), "layer");
  await second.clear();
  assert.deepEqual([second.collection("n").list([]), second.blobs.has(digest)], [[], false]);
  second.collection<number>("n").put(["b"], 2);
  await second.close();

  assert.equal(storeIn(t, folder).collection("n").get(["b"]), 2);
});

test("has everything that was acknowledged before kill -9", async (t) => {
  const folder = temporaryDirectory(t);
  const acknowledged: string[] = [];
  for (let round = 0; round < 3; round++) {
    acknowledged.push(...(await writeUntilKilled(folder, round, 40)));

    const store = openStore(folder);
    const numbers = store.collection<{ text: string }>("n");
    for (const key of acknowledged) assert.equal(numbers.get([key])?.text, `${key}!`);
    // Each round's second put is in the same transaction, so there is never one without the other.
    assert.equal(store.collection("pair").keys([]).length, numbers.keys([]).length);
    await store.close();
  }
});

/**
 * Runs a process that writes documents and prints each key once it is stored; kills it after `count` lines. Returns
 * those keys.
 */
async function writeUntilKilled(folder: string, round: number, count: number): Promise<string[]> {
  const code = `
    import { openStore } from ${JSON.stringify(new URL("./lmdb-store.js", import.meta.url).href)};
    import { writeSync } from "node:fs";
    const store = openStore(${JSON.stringify(folder)});
    const [numbers, pair] = [store.collection("n"), store.collection("pair")];
    for (let i = 0; ; i++) {
      const key = "${round}-" + i;
      store.write(() => { numbers.put([key], { text: key + "!" }); pair.put([key], 1); });
      writeSync(1, key + "\\n");
    }`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  const keys: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    keys.push(line);
    if (keys.length === count) child.kill("SIGKILL");
  }
  if (child.signalCode === null) await once(child, "exit");
  assert.ok(keys.length >= count);
  return keys;
}

test("rejects a directory that is in use, and names the process", (t) => {
  const folder = temporaryDirectory(t);
  storeIn(t, folder);

  assert.throws(() => openStore(folder), {
    code: "store-in-use",
    message: `${folder} is in use by process ${process.pid}`,
  });
});

for (const [name, owner] of [
  ["of a process that has ended", JSON.stringify({ pid: 2 ** 22 + 1, started: "" })],
  ["of an earlier process whose id is in use again", JSON.stringify({ pid: 1, started: "long ago" })],
  ["that is not JSON", "?"],
]) {
  test(`replaces an owner file ${name}`, { skip: process.platform !== "linux" }, (t) => {
    const folder = temporaryDirectory(t);
    writeFileSync(join(folder, "owner.json"), owner!);

    assert.doesNotThrow(() => storeIn(t, folder));
  });
}

for (const [name, damage, fault] of [
  [
    "with other content",
    (file: string) => writeFileSync(file, "x".repeat(9000)),
    "does not begin with the header of a store",
  ],
  ["cut off in its header", (file: string) => truncateSync(file, 100), "ends within its first two pages"],
  ["cut off in its pages", (file: string) => truncateSync(file, 9000), "ends at byte 9000, before its page"],
] as const) {
  test(`rejects a store ${name}`, async (t) => {
    const folder = temporaryDirectory(t);
    const store = openStore(folder);
    for (let i = 0; i < 200; i++) store.collection<string>("n").put([String(i)], "x".repeat(100));
    await store.close();
    damage(join(folder, "documents.mdb"));

    assert.throws(
      () => openStore(folder),
      (error: Error & { code?: string }) => error.code === "store-damaged" && error.message.includes(fault),
    );
  });
}

test("rejects a store of another format, and names both formats", async (t) => {
  const folder = temporaryDirectory(t);
  const store = openStore(folder);
  store.collection<number>("tepal").put(["format"], 99);
  await store.close();

  assert.throws(() => openStore(folder), {
    code: "store-format",
    message: /has format 99; this Tepal reads format 1$/,
  });
});

// The commands that do not use a cloud, run as users run them.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectPath, readProjectFile } from "./support/project.js";
import { emptyHome, ended, freePort, printed } from "./support/tepal.js";

const iris = projectPath("examples/iris/iris_model.sav");

for (const [name, words, input, out] of [
  ["a request", ["predict", iris, '{"values": [[5.9, 3.0, 5.1, 2.3]]}'], "", "[2]\n"],
  ["rows alone", ["predict", iris, "[[5.9, 3.0, 5.1, 2.3], [0.1, 2, 0.1, 3]]"], "", "[2,0]\n"],
  ["a request on standard input", ["predict", iris], '{"values": [[0.1, 2, 0.1, 3]]}', "[0]\n"],
] as const) {
  test(`predict accepts ${name}`, async (t) => {
    assert.deepEqual(await emptyHome(t).tepal(words, input), { status: 0, out, err: "" });
  });
}

test("inspect shows the class, version and columns of the tutorial's file", async (t) => {
  const { out } = await emptyHome(t).tepal(["inspect", iris, "--json"]);

  const { type, libraries, classes, features } = JSON.parse(out);
  assert.deepEqual([type, libraries["scikit-learn"], classes], ["sklearn.svm.SVC", "0.23.2", [0, 1, 2]]);
  assert.equal(features.length, 4);
});

for (const [name, write, code] of [
  ["a missing file", () => {}, "file-unreadable"],
  ["a directory", (path: string) => mkdirSync(path), "model-format-unknown"],
  ["an empty file", (path: string) => writeFileSync(path, ""), "model-format-unknown"],
  ["a picture", (path: string) => writeFileSync(path, "\x89PNG\r\n\x1a\n", "latin1"), "model-format-unknown"],
  [
    "a truncated model",
    (path: string) => writeFileSync(path, readProjectFile("examples/iris/iris_model.sav").subarray(0, 999)),
    "file-cut-short",
  ],
  [
    "a pickle that would run a command",
    (path: string) => writeFileSync(path, "cos\nsystem\n(S'echo bad'\ntR."),
    "pickle-global-rejected",
  ],
] as const) {
  test(`rejects ${name} with the file's name and status 1`, async (t) => {
    const home = emptyHome(t);
    write(join(home.folder, "model.sav"));

    const { status, out, err } = await home.tepal(["inspect", "model.sav"]);

    assert.deepEqual([status, out], [1, ""]);
    assert.match(err, /^tepal inspect: .*model\.sav/s);
    assert.match(err, new RegExp(`\\[${code}\\]\n$`));
    const document = JSON.parse((await home.tepal(["inspect", "model.sav", "--json"])).out);
    assert.equal(document.error.code, code);
  });
}

for (const words of [
  ["train", projectPath("examples/iris/iris.csv"), "--label", "species", "--folds", "0"],
  ["build", iris],
]) {
  test(`${words[0]} reports that the directory of its output does not exist`, async (t) => {
    const home = emptyHome(t, { cache: projectPath(".build/cache") });

    const { status, err } = await home.tepal([...words, "--output", "missing/output.tar"]);

    assert.equal(status, 1);
    assert.match(err, /Cannot write missing\/output\.tar: its directory does not exist\n/);
  });
}

test("an unusable cache directory is an error that names it and the options to change it", async (t) => {
  const home = emptyHome(t, { cache: iris });

  const { status, err } = await home.tepal(["build", iris, "--output", "iris.tar"]);

  assert.equal(status, 1);
  assert.match(err, /Cannot write .*iris_model\.sav\/tepal.*: a part of the path is not a directory\n.*XDG_CACHE_HOME/);
});

test("two builds in different directories have the same digest", async (t) => {
  const [first, second] = [emptyHome(t), emptyHome(t)];

  const one = await first.tepal(["build", iris, "--output", "iris.tar"]);
  const two = await second.tepal(["build", iris, "--output", "images"]);

  assert.match(one.out, /^sha256:[0-9a-f]{64}\n$/);
  assert.equal(two.out, one.out);
  const index = JSON.parse(readFileSync(join(second.folder, "images", "index.json"), "utf8"));
  assert.equal(`${index.manifests[0].digest}\n`, one.out);
});

test("a base can be any image that contains Node", async (t) => {
  const home = emptyHome(t, { cache: projectPath(".build/cache") });
  await home.tepal(["build", iris, "--output", "images", "--tag", "base:v1"]);

  const { status, err } = await home.tepal(["build", iris, "--output", "iris.tar", "--base", "images"]);

  assert.equal(status, 0, err);
  assert.match(err, /in 5 layers/);
});

test("predicts with a model that train wrote", async (t) => {
  const home = emptyHome(t);

  const { out } = await home.tepal([
    "train",
    projectPath("examples/iris/iris.csv"),
    "--label",
    "species",
    "--output",
    "m",
  ]);

  assert.match(out, /^Accuracy 0\.9\d+ \(mean of 5 folds/m);
  assert.match(out, /^TRUE \\ PREDICTED +setosa +versicolor +virginica$/m);
  assert.equal((await home.tepal(["predict", "m", "[[5.9, 3.0, 5.1, 2.3]]"])).out, '["virginica"]\n');
});

for (const what of ["model", "image"] as const) {
  test(`run serves ${what === "model" ? "a" : "an"} ${what} until SIGTERM`, async (t) => {
    const home = emptyHome(t);
    if (what === "image") await home.tepal(["build", iris, "--output", "iris.tar"]);
    const port = await freePort();
    const server = home.start(["run", what === "image" ? "iris.tar" : iris, "--port", String(port)]);
    await printed(server, `127.0.0.1:${port}`);

    const answers = await Promise.all(
      ["/predict", "/2015-03-31/functions/function/invocations"].map(async (path) => {
        const body = '{"values":[[5.9,3.0,5.1,2.3]]}';
        return (await fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", body })).text();
      }),
    );
    server.kill("SIGTERM");

    assert.deepEqual(answers, ["[2]", "[2]"]);
    assert.equal((await ended(server)).status, 0);
  });
}

import assert from "node:assert/strict";
import { join, relative } from "node:path";
import { test } from "node:test";
import { directoryOf } from "../../../test/support/temporary-directory.js";
import { readRequirementsFiles } from "./requirements-file.js";

test("reads the files that a requirements file includes, once, and the options of package indexes", (t) => {
  const directory = directoryOf(t, {
    "requirements.txt":
      "# packages\n-r requirements/base.txt\n-c limits.txt\n--extra-index-url https://a.test/simple\n",
    "requirements/base.txt":
      'numpy \\\n    >=2 ; python_version > "3.9"  # numbers\n-r ../requirements.txt\n-f wheels\n',
    "requirements/wheels/a.txt": "",
    "limits.txt": "numpy<3\n",
  });

  const { texts, indexOptions, isEmpty } = readRequirementsFiles(join(directory, "requirements.txt"));

  assert.deepEqual(
    [...texts.keys()].map((path) => relative(directory, path)),
    ["requirements.txt", "requirements/base.txt", "limits.txt"],
  );
  assert.deepEqual(indexOptions, [
    `-f ${join(directory, "requirements/wheels")}`,
    "--extra-index-url https://a.test/simple",
  ]);
  assert.equal(isEmpty, false);
});

test("a file of comments and options requires nothing", (t) => {
  const directory = directoryOf(t, { "requirements.txt": "# none yet\n\n--no-index\n" });

  assert.equal(readRequirementsFiles(join(directory, "requirements.txt")).isEmpty, true);
});

for (const line of [
  "-e .",
  "--editable ./package",
  "./package",
  "..",
  "file:///home/me/package",
  "git+https://github.com/me/package@v1",
  "package @ git+ssh://git@github.com/me/package",
  "https://host.test/package-1.0.tar.gz",
  "./package-1.0.zip",
  "--no-binary numpy",
]) {
  test(`rejects "${line}", which must be built from source`, (t) => {
    const path = join(directoryOf(t, { "requirements.txt": `numpy\n\n${line}\n` }), "requirements.txt");

    assert.throws(() => readRequirementsFiles(path), {
      code: "requirements-unsupported",
      message: `"${line}" must be built from source`,
      place: { file: path, row: 3 },
    });
  });
}

for (const line of [
  "./wheels/package-1.0-py3-none-any.whl",
  "package @ https://host.test/package-1.0-py3-none-any.whl",
  "package[extra]==1.0 --hash=sha256:00",
  "package.zipper==1",
]) {
  test(`accepts "${line}"`, (t) => {
    readRequirementsFiles(join(directoryOf(t, { "requirements.txt": `${line}\n` }), "requirements.txt"));
  });
}

test("an included file that does not exist is an error that names both files", (t) => {
  const path = join(directoryOf(t, { "requirements.txt": "-r base.txt\n" }), "requirements.txt");

  assert.throws(() => readRequirementsFiles(path), {
    code: "file-unreadable",
    message: /base\.txt does not exist$/,
    place: { file: path },
  });
});

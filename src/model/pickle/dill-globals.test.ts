// Files of dill and cloudpickle. Those without code are among scikit-learn's fixtures (dill-0.3.3, dill-0.4.1) and
// answer the same.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { pickleBytes, shortText } from "../../../test/support/pickle-bytes.js";
import { projectPath } from "../../../test/support/project.js";
import { readModel } from "../index.js";

const fixtures = projectPath("src/model/sklearn/fixtures");

for (const [file, name, hint] of [
  ["dill-0.3.3/code/lambda.dill", "dill._dill._create_function", /the code of a Python function/],
  ["dill-0.4.1/code/lambda.dill", "dill._dill._create_function", /the code of a Python function/],
  ["dill-0.3.3/code/class.dill", "dill._dill._create_type", /defines a Python class/],
  ["dill-0.4.1/code/class.dill", "dill._dill._create_type", /defines a Python class/],
  ["dill-0.4.1/code/class.cloudpickle", "cloudpickle.cloudpickle._make_skeleton_class", /defines a Python class/],
] as const) {
  test(`rejects the code in ${file} by name`, async () => {
    await assert.rejects(
      readModel(readFileSync(`${fixtures}/${file}`)),
      (error: Error & { code: string; hint: string }) => {
        assert.equal(error.code, "pickle-global-rejected");
        assert.ok(error.message.startsWith(`The file names ${name} at byte `), error.message);
        assert.match(error.hint, hint);
        return true;
      },
    );
  });
}

const global = (module: string, name: string) => pickleBytes(shortText(module), shortText(name), 0x93);
const call = (callee: Uint8Array, ...args: Uint8Array[]) => pickleBytes(callee, "(", ...args, "tR");
const moduleOf = (name: string) => call(global("dill._dill", "_import_module"), shortText(name));
const attributeOf = (owner: Uint8Array, name: string) =>
  call(global("dill._dill", "_get_attr"), owner, shortText(name));

for (const [what, content, name] of [
  ["an attribute of a module", call(attributeOf(moduleOf("os"), "system"), shortText("true")), "os.system"],
  ["an attribute of an allowed class", attributeOf(global("numpy", "ndarray"), "tofile"), "numpy.ndarray.tofile"],
  ["a type of code", call(global("dill._dill", "_load_type"), shortText("CodeType")), "types.CodeType"],
  ["a string to evaluate", call(global("dill._dill", "_eval_repr"), shortText("1")), "dill._dill._eval_repr"],
  ["a function before an instruction that does not fit", pickleBytes(global("os", "system"), "0R"), "os.system"],
  [
    "a function called with named arguments",
    pickleBytes(global("subprocess", "Popen"), ")}Xa\0\0\0a", 0x4e, "s", 0x92),
    "subprocess.Popen",
  ],
] as const) {
  test(`rejects ${what} by name`, async () => {
    await assert.rejects(readModel(pickleBytes(0x80, 4, content, ".")), {
      code: "pickle-global-rejected",
      message: new RegExp(`^The file names ${name.replaceAll(".", "\\.")} at byte `),
    });
  });
}

test("names the function that a pickle of protocol 0 calls with INST", async () => {
  await assert.rejects(readModel(pickleBytes("(S'true'\nios\nsystem\n.")), {
    code: "pickle-global-rejected",
    message: /^The file names os\.system at byte 9,/,
  });
});

// Objects of classes that the author of a file wrote, and whose code is in no file: their members can be named, and
// nothing else of them is used.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { chainModel, predictChain } from "../../../test/support/chain-fixtures.js";
import { pickleBytes, shortText } from "../../../test/support/pickle-bytes.js";
import { projectPath } from "../../../test/support/project.js";
import { readModel } from "../index.js";

const root = projectPath("src/model/chain/fixtures/own-classes");
const { rows, predict } = JSON.parse(readFileSync(`${root}/values.json`, "utf8")) as Record<string, readonly unknown[]>;

function files(name: string): Readonly<Record<string, Uint8Array>> {
  return { "m.pkl": readFileSync(`${root}/${name}.pkl`) };
}

for (const protocol of [2, 4]) {
  test(`predicts with the named members of a wrapper as Python does with its parts (protocol ${protocol})`, async () => {
    const model = await chainModel(["m.pkl::preprocessor", "m.pkl::model"], files(`wrapper-${protocol}`));

    assert.deepEqual(await predictChain(model, rows!), predict);
  });
}

test("proposes the members of a wrapper, and does not assume them", async () => {
  await assert.rejects(chainModel(["m.pkl"], files("wrapper-4")), {
    code: "estimator-several",
    message:
      /^The file holds a shop\.ShopModel of several objects: preprocessor \(StandardScaler, 2 to 2 columns\), model/,
    hint: "If this is how your code uses them:\n  tepal inspect m.pkl::preprocessor m.pkl::model",
  });
});

test("rejects a wrapper as a whole, and names the one object in it", async () => {
  for (const document of [
    ["m.pkl"],
    [{ file: "m.pkl", columns: ["a", "b"] }],
    { decode: "m.pkl", steps: ["m.pkl::model"] },
  ])
    await assert.rejects(chainModel(document, files("model-only-4")), {
      code: "pickle-global-rejected",
      message: /^The file names shop\.Wrapper at byte/,
    });
  await assert.rejects(chainModel(["m.pkl"], files("model-only-4")), {
    hint: /name the fitted object in it: m\.pkl::model$/,
  });
});

for (const name of ["wrapper-2", "wrapper-4", "model-only-4", "beside-4", "step-4", "function-4", "called-4"]) {
  test(`rejects ${name}.pkl as a plain model file`, async () => {
    await assert.rejects(readModel(readFileSync(`${root}/${name}.pkl`)), { code: "pickle-global-rejected" });
  });
}

test("rejects a model beside an own object, unless it is named", async () => {
  await assert.rejects(chainModel(["m.pkl"], files("beside-4")), { code: "pickle-global-rejected" });

  const model = await chainModel(["m.pkl::model"], files("beside-4"));
  assert.equal(model.signature.type, "sklearn.linear_model.LogisticRegression");
});

test("rejects own transformers and functions inside a named member", async () => {
  for (const name of ["step-4", "function-4"])
    await assert.rejects(chainModel(["m.pkl::preprocessor", "m.pkl::model"], files(name)), {
      code: "estimator-missing",
      message: /found a shop\.Cleaner/,
      hint: /tepal deploy DIRECTORY/,
    });
});

test("rejects a file that names an own class without objects, or calls it", async () => {
  await assert.rejects(chainModel(["m.pkl::model"], files("called-4")), { code: "pickle-global-rejected" });
});

for (const [what, module, name, args] of [
  ["a command", "os", "system", [shortText("ls"), 0x85]],
  ["a command without arguments", "pty", "spawn", [")"]],
  ["a function with arguments", "shop", "run", [shortText("ls"), 0x85]],
  ["a class of a library that is not supported", "torch.nn", "Linear", [")"]],
  ["a class of scikit-learn that is not supported", "sklearn.shop", "Model", [")"]],
] as const) {
  test(`rejects ${what} beside a named member`, async () => {
    const call = [shortText(module), shortText(name), 0x93, ...args, "R"];
    const file = pickleBytes(0x80, 4, "}(", shortText("a"), ...call, shortText("b"), "K", 1, "u.");

    await assert.rejects(chainModel({ steps: ["logistic.pkl"], threshold: "m.pkl::b" }, { "m.pkl": file }), {
      code: /^(pickle-global-rejected|estimator-unsupported)$/,
    });
  });
}

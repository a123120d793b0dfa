// Mistakes of chains, spec files and handlers: every command that reads a model rejects them with code, place and
// remedy, before it builds or deploys anything.

import assert from "node:assert/strict";
import { copyFileSync, existsSync, readdirSync } from "node:fs";
import { type TestContext, test } from "node:test";
import { testContext } from "../../../test/support/command-context.js";
import { projectPath } from "../../../test/support/project.js";
import { directoryOf } from "../../../test/support/temporary-directory.js";
import { tepal } from "../tepal.js";

const specs = {
  "unknown-key.yaml": "model:\n  step: [scaler.pkl]\n",
  "widths.yaml": "model: [scaler.pkl, dummy_model.pkl]\n",
  "few-labels.yaml": "model: {steps: [bundle.pkl::models.rf], decode: one.json}\n",
  "encoders.yaml": `model:
  columns: [tenure, MonthlyCharges, city, Partner]
  steps:
    - {file: encoders.pkl, each: true}
    - {file: two_scaler.pkl, columns: [tenure, MonthlyCharges]}
    - churn.pkl
  decode: encoders.pkl::Churn
`,
  "handle.yaml": "model: service\n",
};
const models = ["scaler", "logistic", "dummy_model", "bundle", "encoders", "two_scaler", "churn"].map(
  (name) => `${name}.pkl`,
);

function directoryWithMistakes(t: TestContext): string {
  const cwd = directoryOf(t, {
    ...specs,
    "one.json": '["yes"]',
    "service/lambda_function.py": "def lambda_handler(event, context):\n    return event\n",
  });
  for (const file of models) copyFileSync(projectPath(`src/model/chain/fixtures/1.9.1/${file}`), `${cwd}/${file}`);
  return cwd;
}

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly place: { readonly file?: string };
  readonly hint: string;
}

async function failureOf(cwd: string, command: string, args: readonly string[]): Promise<Failure> {
  const context = testContext({ cwd, homeDir: cwd, json: true });
  const status = await tepal([command, ...args, "--json"], context);
  assert.ok(status === 1 || status === 2, `${command}: ${context.printed.out}`);
  return JSON.parse(context.printed.out).error;
}

const everyCommand = {
  inspect: [],
  predict: ["[[1, 2]]"],
  build: ["--output", "output"],
  run: ["--port", "0"],
  deploy: ["--name", "mistake"],
};
const { build, run, deploy } = everyCommand;

for (const [name, args, code, message, file, hint, commands] of [
  [
    "widths that do not fit",
    ["scaler.pkl", "dummy_model.pkl"],
    "chain-width",
    /^scaler\.pkl \(StandardScaler\) returns 2 columns, but dummy_model\.pkl .* expects 7$/,
    undefined,
    /order of the files/,
    everyCommand,
  ],
  [
    "widths that do not fit in a spec file",
    ["--config", "widths.yaml"],
    "chain-width",
    /expects 7$/,
    "widths.yaml",
    /order of the files/,
    everyCommand,
  ],
  [
    "a member that does not exist",
    ["bundle.pkl::sclaer", "bundle.pkl::model"],
    "chain-member-unknown",
    /no member "sclaer"$/,
    "bundle.pkl",
    /^The members are: model \(LogisticRegression\), scaler/,
    everyCommand,
  ],
  [
    "an unknown key of a spec file",
    ["--config", "unknown-key.yaml"],
    "chain-invalid",
    /^Unknown key model\.step$/,
    "unknown-key.yaml",
    /^Did you mean "steps"\?$/,
    everyCommand,
  ],
  [
    "a step without transform",
    ["logistic.pkl", "scaler.pkl"],
    "chain-no-transform",
    /^logistic\.pkl \(LogisticRegression\) does not transform/,
    undefined,
    /transformers first/,
    everyCommand,
  ],
  [
    "a decoder without a label of the model",
    ["--config", "few-labels.yaml"],
    "chain-decode",
    /^one\.json has no label for the class 1; it has 1 labels/,
    "few-labels.yaml",
    /LabelEncoder/,
    everyCommand,
  ],
  [
    "a handler that does not exist",
    ["service", "--handler", "lambda_function.handle"],
    "handler-not-found",
    /^lambda_function\.py does not define handle; its functions: lambda_handler$/,
    /service\/lambda_function\.py$/,
    /--handler lambda_function\.lambda_handler$/,
    { build, run, deploy },
  ],
  [
    "a module of a handler that does not exist",
    ["service", "--handler", "app.handle"],
    "handler-not-found",
    /^The handler app\.handle needs app\.py, which does not exist$/,
    /service$/,
    /has lambda_function\.py/,
    { build, run, deploy },
  ],
  [
    "Python code where a model is expected",
    ["service"],
    "command-line",
    /^service is Python code, and not a model file$/,
    "service",
    /tepal run service/,
    { inspect: [], predict: ["[[1, 2]]"] },
  ],
  [
    "a spec file of Python code where a model is expected",
    ["--config", "handle.yaml"],
    "command-line",
    /^service is Python code/,
    "service",
    /tepal run/,
    { inspect: [], predict: ["[[1, 2]]"] },
  ],
] as const) {
  test(`${Object.keys(commands).join(", ")}: ${name}`, async (t) => {
    const cwd = directoryWithMistakes(t);
    const files = readdirSync(cwd);
    for (const [command, options] of Object.entries(commands)) {
      const failure = await failureOf(cwd, command, [...args, ...options]);

      assert.equal(failure.code, code, failure.message);
      assert.match(failure.message, message);
      if (file === undefined || typeof file === "string") assert.equal(failure.place.file, file);
      else assert.match(failure.place.file ?? "", file);
      assert.match(failure.hint, hint);
      assert.ok(!existsSync(`${cwd}/output`));
      assert.deepEqual(readdirSync(cwd), files, "nothing is built");
    }
  });
}

const row = { tenure: 3, MonthlyCharges: 50, city: "Oslo", Partner: "No" };

for (const [name, values, code, message, hint] of [
  ["a column that is not in the request", { ...row, tenure: undefined }, "input-name-missing", /no "tenure"$/, /every/],
  ["a column that the model does not have", { ...row, x: 1 }, "input-name-unknown", /"x"/, /tenure, .*ignore_extra/],
  ["an unknown label", { ...row, city: "Lima" }, "input-category-unknown", /"Lima" at row 1, column 3/, /"Oslo"/],
] as const) {
  test(`predict: ${name}`, async (t) => {
    const cwd = directoryWithMistakes(t);

    const failure = await failureOf(cwd, "predict", ["--config", "encoders.yaml", JSON.stringify([values])]);

    assert.equal(failure.code, code, failure.message);
    assert.match(failure.message, message);
    assert.match(failure.hint, hint);
  });
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { chainFixture, chainModel, predictChain } from "../../../test/support/chain-fixtures.js";
import { pickleBytes, shortText } from "../../../test/support/pickle-bytes.js";
import { TepalError } from "../../base/index.js";
import { ModelError } from "../errors.js";

interface Expected {
  readonly document: unknown;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly code: string;
  readonly message: RegExp;
  readonly hint?: RegExp;
  readonly file?: string;
}

const pair = ["x", "y"];

const cases: Readonly<Record<string, Expected>> = {
  "a member that does not exist, with those that do": {
    document: ["bundle.pkl::sclaer", "bundle.pkl::model"],
    code: "chain-member-unknown",
    message: /^The file has no member "sclaer"$/,
    hint: /^The members are: model \(LogisticRegression\), scaler \(MinMaxScaler\), features/,
    file: "bundle.pkl",
  },
  "a member of a file that is not a container": {
    document: ["scaler.pkl::0", "logistic.pkl"],
    code: "chain-member-unknown",
    message: /^The file has no member "0": it is a StandardScaler$/,
    hint: /without ::MEMBER/,
    file: "scaler.pkl",
  },
  "a member of a model of another format": {
    document: ["xgb-model.json::0"],
    code: "chain-member-unknown",
    message: /xgb-model\.json::0 is not an object/,
    file: "xgb-model.json",
  },
  "a function for the predictions of a classifier": {
    document: { steps: ["logistic.pkl"], inverse_func: "expm1" },
    code: "chain-inverse",
    message: /^inverse_func needs predictions that are numbers; .*LogisticRegression has none$/,
  },
  "a map of columns that the table does not have": {
    document: { columns: pair, steps: [{ map: { gender: { Male: 1 } } }, "logistic.pkl"] },
    code: "chain-columns",
    message: /^map: the table has no column "gender"$/,
    hint: /The columns are: x, y\./,
  },
  "a dict of encoders as a plain step": {
    document: ["encoders.pkl", "scaler.pkl", "logistic.pkl"],
    code: "estimator-several",
    message: /^encoders\.pkl is a dict of 3 encoders, one for each column$/,
    hint: /- \{file: encoders\.pkl, each: true\}/,
    file: "encoders.pkl",
  },
  "a dict of one encoder as a plain step": {
    document: ["bundles/one-encoder.pkl", "logistic.pkl"],
    code: "estimator-several",
    message: /^bundles\/one-encoder\.pkl is a dict of one encoder, that of the column "city"$/,
    hint: /- \{file: bundles\/one-encoder\.pkl, each: true\}/,
  },
  "a misspelled column of an encoder, where other encoders fit": {
    document: {
      columns: ["tenure", "MonthlyCharges", "city", "Partnr"],
      steps: [{ file: "encoders.pkl", each: true }, "churn.pkl"],
    },
    code: "chain-columns",
    message: /^encoders\.pkl: the table has no column "Partner"$/,
    hint: /^Did you mean "Partnr"\? If they are different columns, name those to encode: columns: \[city\]\.$/,
  },
  "a column without an encoder in a step with each and columns": {
    document: {
      columns: ["tenure", "MonthlyCharges", "city", "Partner"],
      steps: [{ file: "encoders.pkl", each: true, columns: ["city", "Partnr"] }, "churn.pkl"],
    },
    code: "chain-each",
    message: /^encoders\.pkl has no encoder of "Partnr"$/,
    hint: /^Did you mean "Partner"\?$/,
  },
  "a column of a map that the table does not have, where others fit": {
    document: { columns: pair, steps: [{ map: { x: { a: 1 }, gender: { a: 1 } } }, "logistic.pkl"] },
    code: "chain-columns",
    message: /^map: the table has no column "gender"$/,
    hint: /The columns are: x, y\./,
  },
  "a container of several estimators as a step": {
    document: ["bundles/predictors.pkl", "logistic.pkl"],
    code: "estimator-several",
    message: /expected one: \["scaler"\] \(StandardScaler\)/,
    hint: /such as bundles\/predictors\.pkl::scaler or bundles\/predictors\.pkl::lr;/,
    file: "bundles/predictors.pkl",
  },
  "a scaler that is not fitted": {
    document: ["bundles/not-fitted.pkl", "logistic.pkl"],
    code: "estimator-inconsistent",
    message: /StandardScaler: the object is not fitted: it has no \w+_/,
    file: "bundles/not-fitted.pkl",
  },
  "an encoder that is not fitted": {
    document: ["bundles/not-fitted-encoder.pkl", "logistic.pkl"],
    code: "estimator-inconsistent",
    message: /OneHotEncoder: the object is not fitted: it has no \w+_/,
  },
  "parts in the wrong order": {
    document: ["logistic.pkl", "scaler.pkl"],
    code: "chain-no-transform",
    message: /^logistic\.pkl \(LogisticRegression\) does not transform; only the last part/,
  },
  "a LabelEncoder as a step": {
    document: ["species.pkl", "logistic.pkl"],
    code: "chain-no-transform",
    message: /^species\.pkl \(LabelEncoder\) encodes the labels of the target/,
    hint: /Name it as decode/,
  },
  "widths that do not fit": {
    document: ["scaler.pkl", "dummy_model.pkl"],
    code: "chain-width",
    message:
      /^scaler\.pkl \(StandardScaler\) returns 2 columns, but dummy_model\.pkl \(RandomForestClassifier\) expects 7$/,
  },
  "widths that do not fit before a model of another format": {
    document: ["scaler.pkl", "xgb-model.json"],
    code: "chain-width",
    message: /returns 2 columns, but xgb-model\.json \(\w+\) expects 4$/,
  },
  "more names than columns": {
    document: { columns: ["a", "b", "c"], steps: ["scaler.pkl", "logistic.pkl"] },
    code: "chain-width",
    message: /^The list of columns has 3 columns, but scaler\.pkl \(StandardScaler\) expects 2$/,
  },
  "a step for fewer columns than its object has": {
    document: { columns: ["a", "b"], steps: [{ file: "scaler.pkl", columns: ["a"] }, "logistic.pkl"] },
    code: "chain-width",
    message: /^scaler\.pkl \(StandardScaler\) expects 2 columns, but its key columns names 1$/,
  },
  "parts that were fitted with columns in another order": {
    document: ["bundles/named-scaler.pkl", "bundles/other-order.pkl"],
    code: "chain-names",
    message:
      /returns the columns in the order x, y, but bundles\/other-order\.pkl \(LogisticRegression\) was fitted with another/,
    hint: /expects the columns y, x\.$/,
  },
  "a column with which a part was not fitted": {
    document: { columns: ["x", "z"], steps: ["bundles/named-scaler.pkl"] },
    code: "chain-names",
    message:
      /^The list of columns has a column "z", with which bundles\/named-scaler\.pkl \(StandardScaler\) was not fitted$/,
  },
  "a step's column that the table does not have": {
    document: {
      columns: ["tenure", "Charges"],
      steps: [{ file: "scaler.pkl", columns: ["tenur", "Charges"] }, "logistic.pkl"],
    },
    code: "chain-columns",
    message: /the table has no column "tenur"$/,
    hint: /^Did you mean "tenure"\?$/,
  },
  "columns that are not known where a step needs them": {
    document: [{ file: "encoders.pkl", each: true }, "churn.pkl"],
    code: "chain-columns",
    message: /^encoders\.pkl applies to columns by name, and no later part records their names$/,
    hint: /^Add the key columns/,
  },
  "columns that are not names": {
    document: { columns: "scaler.pkl", steps: ["logistic.pkl"] },
    code: "chain-columns",
    message: /^scaler\.pkl is not a list of column names$/,
  },
  "a column twice in a file": {
    document: { columns: "c.json", steps: ["logistic.pkl"] },
    files: { "c.json": '["a", "a"]' },
    code: "chain-columns",
    message: /^c\.json has the column "a" twice$/,
  },
  "dummies without columns": {
    document: { dummies: { city: "city_" }, steps: ["dummy_model.pkl"] },
    code: "chain-columns",
    message: /^dummies needs the key columns/,
  },
  "a prefix that no column has": {
    document: { columns: "dummy_columns.pkl", dummies: { city: "town_" }, steps: ["dummy_model.pkl"] },
    code: "chain-dummies",
    message: /^No column begins with "town_", the prefix of "city"$/,
  },
  "dummies of a column that the model has": {
    document: { columns: "dummy_columns.pkl", dummies: { tenure: "city_" }, steps: ["dummy_model.pkl"] },
    code: "chain-dummies",
    message: /^"tenure" is a column of the model itself/,
  },
  "each for an object that is not a dict": {
    document: { columns: pair, steps: [{ file: "scaler.pkl", each: true }, "logistic.pkl"] },
    code: "chain-each",
    message: /^scaler\.pkl is not a dict of column names and encoders$/,
  },
  "a constant of a column that the model does not have": {
    document: { columns: ["tenure", "pay"], constants: { tenur: 1 }, steps: ["logistic.pkl"] },
    code: "chain-constants",
    message: /^constants: the model has no column "tenur"$/,
    hint: /^Did you mean "tenure"\?$/,
  },
  "a constant of a model without names": {
    document: { constants: { tenure: 1 }, steps: ["logistic.pkl"] },
    code: "chain-constants",
    message: /^constants needs the names of the columns/,
    hint: /^Add the key columns/,
  },
  "a constant that is a string for a number": {
    document: { columns: pair, constants: { x: "1" }, steps: ["logistic.pkl"] },
    code: "chain-constants",
    message: /^The constant of "x" is a string, expected a number$/,
  },
  "a function of a column that the table does not have": {
    document: { columns: pair, steps: [{ func: "log1p", columns: ["z"] }, "logistic.pkl"] },
    code: "chain-columns",
    message: /^func: log1p: the table has no column "z"$/,
  },
  "a cleaning with a pattern that needs backtracking": {
    document: [{ text: [{ sub: ["(?=a)b", ""] }] }, "vectorizer.pkl", "spam.pkl"],
    code: "chain-text",
    message: /^The pattern "\(\?=a\)b" is not supported: look-around is not supported$/,
  },
  "words to drop that are not a list": {
    document: [{ text: [{ drop_words: "w.json" }] }, "vectorizer.pkl", "spam.pkl"],
    files: { "w.json": "3" },
    code: "chain-text",
    message: /^w\.json is not a list of words$/,
  },
  "text before a model of several columns": {
    document: [{ text: ["lower"] }, "logistic.pkl"],
    code: "chain-width",
    message: /^text returns 1 column, but logistic\.pkl \(LogisticRegression\) expects 2$/,
  },
  "a decoder with too few labels": {
    document: { steps: ["xgb.pkl"], decode: "bundles/two-labels.pkl" },
    code: "chain-decode",
    message: /^bundles\/two-labels\.pkl has no label for the class 2; it has 2 labels/,
  },
  "a transformer as the decoder": {
    document: { steps: ["logistic.pkl"], decode: "scaler.pkl" },
    code: "chain-decode",
    message: /^scaler\.pkl is a \S*StandardScaler, which does not decode labels$/,
  },
  "a decoder that is a number": {
    document: { steps: ["logistic.pkl"], decode: "d.json" },
    files: { "d.json": "3" },
    code: "chain-decode",
    message: /^d\.json is neither a LabelEncoder nor labels by number$/,
  },
  "a decoder of a transformer": {
    document: { steps: ["scaler.pkl"], decode: "species.pkl" },
    code: "chain-decode",
    message: /does not predict$/,
  },
  "a threshold for three classes": {
    document: { steps: ["bundles/three.pkl"], threshold: 0.5 },
    code: "chain-threshold",
    message: /^A threshold needs predict_proba of two classes; \S+ has 3 classes$/,
  },
  "a threshold of a regressor": {
    document: { steps: ["line.pkl"], threshold: 0.5 },
    code: "chain-threshold",
    message: /has no predict_proba$/,
  },
  "a threshold that is not a number": {
    document: { steps: ["logistic.pkl"], threshold: "t.json" },
    files: { "t.json": "[0.5]" },
    code: "chain-threshold",
    message: /^t\.json is not a number from 0 to 1$/,
  },
};

for (const [name, { document, files, code, message, hint, file }] of Object.entries(cases)) {
  test(`rejects ${name}`, async () => {
    await assert.rejects(chainModel(document, files), (error: unknown) => {
      assert.ok(error instanceof TepalError, String(error));
      assert.equal(error.code, code, error.message);
      assert.match(error.message, message);
      if (hint) assert.match(error.hint ?? "", hint);
      if (file) assert.equal(error.place.file, file);
      return true;
    });
  });
}

const labelEncoders = {
  columns: ["tenure", "MonthlyCharges", "city", "Partner"],
  steps: [
    { file: "encoders.pkl", each: true },
    { file: "two_scaler.pkl", columns: ["tenure", "MonthlyCharges"] },
    "churn.pkl",
  ],
};
const dummies = {
  columns: "dummy_columns.pkl",
  dummies: { city: "city_", Partner: "Partner_" },
  steps: ["dummy_model.pkl"],
};
const good = { tenure: 47, MonthlyCharges: 60.24, city: "Oslo", Partner: "No" };

for (const [name, document, row, column, message, hint] of [
  [
    "an unknown category of an encoder of a dict",
    labelEncoders,
    { ...good, city: "Lima" },
    3,
    /"Lima"/,
    /^The known values are: "Bern", "Oslo", "Rome"\.$/,
  ],
  [
    "a missing value that a scaler passes on",
    { columns: ["tenure", "MonthlyCharges"], steps: ["scaler.pkl", "logistic.pkl"], ignore_extra: true },
    { ...good, MonthlyCharges: null },
    2,
    /MonthlyCharges|missing|NaN|null/,
    /./,
  ],
  ["a string in a scaler of some columns", labelEncoders, { ...good, tenure: "many" }, 1, /many|number/, /./],
  ["a string in a column beside dummies", dummies, { ...good, tenure: "many" }, 1, /many|number/, /./],
] as const) {
  test(`names the row and the column of the request for ${name}`, async () => {
    const model = await chainModel(document);

    await assert.rejects(predictChain(model, [good, row]), (error: unknown) => {
      assert.ok(error instanceof TepalError, String(error));
      assert.equal(error.place.row, 2);
      assert.equal(error.place.column, column);
      assert.match(error.message, message);
      assert.match(error.hint, hint);
      return true;
    });
  });
}

test("a step with each and columns uses the encoders of these columns alone", async () => {
  const some = { columns: ["city", "Partner"], steps: [{ file: "encoders.pkl", each: true, columns: ["city"] }] };
  const { signature } = await chainModel({ ...some, steps: [...some.steps, "bundles/three.pkl"] });

  assert.deepEqual(
    signature.features.map(({ kind }) => kind),
    ["category", "number"],
  );
});

test("reads the columns of a step from a file", async () => {
  const { model, rows } = JSON.parse(Buffer.from(chainFixture("scaler-of-some-columns-pkl.json")).toString());
  const [scaler, ...others] = model.steps;
  const steps = [{ ...scaler, columns: "scaled.json" }, ...others];
  const files = { "scaled.json": JSON.stringify(scaler.columns) };

  assert.deepEqual(
    await predictChain(await chainModel({ ...model, steps }, files), rows),
    await predictChain(await chainModel(model), rows),
  );
});

test("numbers_from_strings accepts numbers that are sent as strings", async () => {
  const model = await chainModel({ ...labelEncoders, numbers_from_strings: true });
  const strict = await chainModel(labelEncoders);
  const row = { ...good, tenure: "47" };

  assert.deepEqual(await predictChain(model, [row]), await predictChain(strict, [good]));
  await assert.rejects(predictChain(strict, [row]), ModelError);
});

test("ignore_extra accepts keys that are not columns of the model", async () => {
  const model = await chainModel({ ...labelEncoders, ignore_extra: true });
  const strict = await chainModel(labelEncoders);
  const row = { ...good, customerID: "7590" };

  assert.deepEqual(await predictChain(model, [row]), await predictChain(strict, [good]));
  await assert.rejects(predictChain(strict, [row]), /customerID/);
});

for (const [name, text] of [
  ["a JSON document that is nested deeply", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
  ["a list of a million numbers", `[${"1,".repeat(1_000_000)}1]`],
  ["an object of 10,000 objects", JSON.stringify(Array.from({ length: 10_000 }, (_, index) => ({ [index]: {} })))],
  ["text that is not a list of names", "<html>{}</html>"],
  ["an empty file", ""],
  ["bytes that are not UTF-8", Uint8Array.of(0xff, 0xfe, 0)],
] as const) {
  test(`rejects ${name} as step, columns, decoder and threshold`, async () => {
    for (const document of [
      "x.json",
      ["x.json", "logistic.pkl"],
      ["x.json::0.0.0.0", "logistic.pkl"],
      [{ file: "x.json", each: true }, "logistic.pkl"],
      { columns: "x.json", steps: ["logistic.pkl"] },
      { decode: "x.json::missing", steps: ["logistic.pkl"] },
      { threshold: "x.json", steps: ["logistic.pkl"] },
    ])
      await assert.rejects(chainModel(document, { "x.json": text }), TepalError, JSON.stringify(document));
  });
}

test("names the format of a file that is text but not a list of names", async () => {
  const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:144b85e4728321ecf668e84782\nsize 192584\n";

  for (const document of ["m.pkl", { columns: "m.pkl", steps: ["logistic.pkl"] }])
    await assert.rejects(chainModel(document, { "m.pkl": pointer }), /looks like a Git LFS pointer, not the file/);
});

test("rejects a pickle that contains itself as step, columns, decoder and threshold", async () => {
  // A list with itself as only item, and a dict whose key "a" is the dict.
  for (const bytes of [
    pickleBytes(0x80, 4, "]", 0x94, "h", 0, "a."),
    pickleBytes(0x80, 4, "}", 0x94, shortText("a"), "h", 0, "s."),
  ])
    for (const document of [
      "x.pkl",
      ["x.pkl", "logistic.pkl"],
      [`x.pkl::${"a.".repeat(50)}b`, "logistic.pkl"],
      [{ file: "x.pkl", each: true }, "logistic.pkl"],
      { columns: "x.pkl", steps: ["logistic.pkl"] },
      { decode: "x.pkl", steps: ["logistic.pkl"] },
      { threshold: "x.pkl", steps: ["logistic.pkl"] },
    ])
      await assert.rejects(chainModel(document, { "x.pkl": bytes }), TepalError, JSON.stringify(document));
});

test("reads each file once", async () => {
  const reads: string[] = [];
  const files = new Proxy<Record<string, Uint8Array>>(
    {},
    {
      get: (_, file) => {
        reads.push(String(file));
        return chainFixture(String(file));
      },
    },
  );

  await chainModel({ steps: ["bundle.pkl::scaler", "bundle.pkl::model"], decode: "bundle.pkl::label_encoder" }, files);

  assert.deepEqual(reads, ["bundle.pkl"]);
});

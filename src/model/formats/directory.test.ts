import assert from "node:assert/strict";
import { test } from "node:test";
import { findModelFile } from "../index.js";

function find(files: Readonly<Record<string, string>>): Promise<string> {
  const entries = Object.entries(files).map(([path, content]) => ({ path, size: content.length }));
  return findModelFile(entries, async (path) => new TextEncoder().encode(files[path]));
}

const flavor = (name: string, keys: string) =>
  `artifact_path: model\nflavors:\n  python_function:\n    env: conda.yaml\n    loader_module: mlflow.${name}\n  ${name}:\n${keys}\nrun_id: 1\n`;

for (const [name, files, path] of [
  [
    "a directory with one model file",
    { "readme.md": "", "out/model.joblib": "", ".cache/old.pkl": "" },
    "out/model.joblib",
  ],
  [
    "MLflow's scikit-learn flavor",
    { MLmodel: flavor("sklearn", "    pickled_model: model.pkl"), "model.pkl": "", "other.pkl": "" },
    "model.pkl",
  ],
  ["MLflow's XGBoost flavor", { MLmodel: flavor("xgboost", "    data: model.xgb"), "model.xgb": "" }, "model.xgb"],
  [
    "MLflow's CatBoost flavor with quotes",
    { MLmodel: flavor("catboost", "    data: 'model.cb'"), "model.cb": "" },
    "model.cb",
  ],
] as const) {
  test(`finds the model file of ${name}`, async () => {
    assert.equal(await find(files), path);
  });
}

for (const [name, files, code, message] of [
  [
    "several model files",
    { "scaler.pkl": "", "model.pkl": "" },
    "model-several",
    /2 model files: scaler\.pkl, model\.pkl/,
  ],
  ["no model file", { "notes.txt": "" }, "model-format-unknown", /contains no model file/],
  [
    "a SavedModel",
    { "saved_model.pb": "", "variables/variables.index": "" },
    "model-format-unknown",
    /a TensorFlow SavedModel/,
  ],
  ["a spaCy pipeline", { "meta.json": "", "config.cfg": "" }, "model-format-unknown", /a spaCy pipeline/],
  [
    "a Hugging Face model",
    { "config.json": "", "model.safetensors": "" },
    "model-format-unknown",
    /a Hugging Face model/,
  ],
  [
    "an MLflow model of another flavor",
    { MLmodel: flavor("keras", "    data: data") },
    "model-format-unknown",
    /flavors python_function, keras/,
  ],
  [
    "an MLflow model without its file",
    { MLmodel: flavor("sklearn", "    pickled_model: model.pkl") },
    "model-format-unknown",
    /model\.pkl, which the directory does not contain/,
  ],
] as const) {
  test(`rejects a directory with ${name}`, async () => {
    await assert.rejects(find(files), { code, message });
  });
}

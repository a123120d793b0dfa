// Files that hold a dict, list or tuple instead of an estimator: {"model": ..., "columns": [...]} is common.

import { ModelError } from "../errors.js";
import { printable } from "../pickle/text.js";
import { Dict, Instance, kindOf, Tuple, type Value } from "../pickle/values.js";
import { findEstimatorClass } from "./registry.js";

/** Nesting of containers, and items that are searched: the bundles that people save are small. */
const depthMax = 3;
const itemsMax = 10_000;

/** Estimators that an error lists. */
const shownMax = 10;

interface Found {
  /** As Python reaches it: ["model"] */
  readonly path: string;
  readonly name: string;
  readonly value: Value;
}

/**
 * The one estimator in a file's content. The file does not say which one of several to use: a scaler next to a model
 * may have to run before it.
 * @throws ModelError "estimator-several" with their locations; "estimator-missing" where a container has none
 */
export function estimatorIn(content: Value): Value {
  if (itemsOf(content).length === 0) return content;
  const found: Found[] = [];
  const seen = new Set<Value>();
  let looked = 0;
  look(content, "", 0);
  const [first, second] = found;
  if (!first) {
    throw new ModelError(
      "estimator-missing",
      `Expected an estimator as the file's content, found ${kindOf(content)} without one`,
    );
  }
  if (!second) return first.value;
  const list = found.slice(0, shownMax).map(({ path, name }) => `${path} (${name})`);
  const more = found.length > shownMax ? `, and ${found.length - shownMax} more` : "";
  throw new ModelError(
    "estimator-several",
    `The file holds ${kindOf(content)} of ${found.length} estimators; expected one: ${list.join(", ")}${more}`,
    {
      hint: `Save the one that predicts, or combine them: loaded = joblib.load(...); joblib.dump(sklearn.pipeline.make_pipeline(loaded${second.path}, loaded${first.path}), "model.joblib"), transformers first.`,
    },
  );

  function look(value: Value, path: string, depth: number): void {
    if (value instanceof Instance) {
      const row = findEstimatorClass(value.global.module, value.global.name);
      if (row && !seen.has(value)) found.push({ path, name: row.name, value });
      seen.add(value);
      return;
    }
    if (depth >= depthMax || seen.has(value)) return;
    for (const [key, item] of itemsOf(value)) {
      if (++looked > itemsMax) return;
      if (typeof item !== "object" || item === null) continue;
      look(item, `${path}[${key}]`, depth + 1);
    }
  }
}

/** What a container holds, by key as Python writes it. Anything else holds nothing. */
function itemsOf(value: Value): readonly (readonly [string, Value])[] {
  if (value instanceof Dict) return [...value.entries].map(([key, item]) => [keyOf(key), item]);
  const items = value instanceof Tuple ? value.items : Array.isArray(value) ? value : [];
  return items.map((item, index) => [String(index), item]);
}

function keyOf(key: Value): string {
  return typeof key === "string"
    ? JSON.stringify(printable(key, 40))
    : String(typeof key === "number" ? key : kindOf(key));
}

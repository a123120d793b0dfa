// Files that hold a dict, list or tuple instead of an estimator: {"model": ..., "columns": [...]} is common.

import { ModelError } from "../errors.js";
import { printable } from "../pickle/text.js";
import { Dict, Instance, kindOf, Tuple, type Value } from "../pickle/values.js";
import { missingEstimatorError } from "./missing-estimator.js";
import { findEstimatorClass } from "./registry.js";

/** Nesting of containers, and items that are searched: the bundles that people save are small. */
const depthMax = 3;
const itemsMax = 10_000;

/** Estimators that an error lists. */
const shownMax = 10;

interface Found {
  /** As Python reaches it: ["model"] */
  readonly path: string;
  /** As a reference names it: models.rf */
  readonly member: string;
  readonly name: string;
  readonly value: Value;
}

/**
 * The one estimator in a file's content. The file does not say which one of several to use: a scaler next to a model
 * may have to run before it.
 * @param prefix of a member in the hint
 * @throws ModelError "estimator-several" with their locations; "estimator-missing" where a container has none
 */
export function estimatorIn(content: Value, prefix = "FILE::"): Value {
  if (itemsOf(content).length === 0) return content;
  const found: Found[] = [];
  const seen = new Set<Value>();
  let looked = 0;
  look(content, "", "", 0);
  const [first, second] = found;
  if (!first) throw missingEstimatorError(content, "the file's content");
  if (!second) return first.value;
  const list = found.slice(0, shownMax).map(({ path, name }) => `${path} (${name})`);
  const more = found.length > shownMax ? `, and ${found.length - shownMax} more` : "";
  throw new ModelError(
    "estimator-several",
    `The file holds ${kindOf(content)} of ${found.length} estimators; expected one: ${list.join(", ")}${more}`,
    {
      hint: `Name the one that is used, such as ${prefix}${first.member} or ${prefix}${second.member}; for several, name each, transformers first.`,
    },
  );

  function look(value: Value, path: string, member: string, depth: number): void {
    if (value instanceof Instance) {
      const row = findEstimatorClass(value.global.module, value.global.name);
      if (row && !seen.has(value)) found.push({ path, member, name: row.name, value });
      seen.add(value);
      return;
    }
    if (depth >= depthMax || seen.has(value)) return;
    for (const [key, item] of itemsOf(value)) {
      if (++looked > itemsMax) return;
      if (typeof item !== "object" || item === null) continue;
      const name = printable(typeof key === "string" ? key : keyOf(key), 40);
      look(item, `${path}[${keyOf(key)}]`, member === "" ? name : `${member}.${name}`, depth + 1);
    }
  }
}

/** What a container holds, by key. Anything else holds nothing. */
function itemsOf(value: Value): readonly (readonly [Value, Value])[] {
  if (value instanceof Dict) return [...value.entries];
  const items = value instanceof Tuple ? value.items : Array.isArray(value) ? value : [];
  return items.map((item, index) => [index, item]);
}

/** A key as Python writes it. */
function keyOf(key: Value): string {
  if (typeof key === "string") return JSON.stringify(printable(key, 40));
  return String(typeof key === "number" ? key : kindOf(key));
}

import type { Output, Scalar } from "./model.js";

/** A result as Python's `.tolist()` nests it: a single value for a shape without dimensions. */
export type Nested = Scalar | Nested[];

/** The result as nested lists, row by row. */
export function toList({ shape, data, parts }: Output): Nested {
  if (parts) return parts.map(toList);
  let at = 0;
  function level(depth: number): Nested {
    if (depth === shape.length) return data[at++]!;
    return Array.from({ length: shape[depth]! }, () => level(depth + 1));
  }
  return level(0);
}

/**
 * The result as JSON: `.tolist()` of the same array. Integers are exact at any size; a float is its shortest form that
 * parses to the same value, without a point where it has no fraction (2, where Python writes 2.0). NaN and infinity,
 * which JSON does not have, are null.
 */
export function toJson(output: Output): string {
  const { shape, data, parts } = output;
  if (parts) return `[${parts.map(toJson).join(",")}]`;
  let at = 0;
  function level(depth: number): string {
    if (depth === shape.length) return scalarJson(data[at++]!);
    let text = "";
    for (let index = 0; index < shape[depth]!; index++) text += (index === 0 ? "" : ",") + level(depth + 1);
    return `[${text}]`;
  }
  return level(0);
}

/** One value as JSON. */
export function scalarJson(value: Scalar): string {
  if (typeof value === "bigint") return value.toString();
  return JSON.stringify(value);
}

// The labels of a classifier's classes, as its graph records them: in the ZipMap that makes a map of each row's
// probabilities, and in the operators that classify.
// https://github.com/onnx/onnx/blob/main/docs/Operators-ml.md

import type { Scalar } from "../core/model.js";
import type { Node } from "./outline.js";
import { integersOf, readMessage, textOf } from "./protobuf.js";

/** The attributes that contain labels; the operators differ in the name for integers. */
const stringLabels = "classlabels_strings";
const integerLabels: readonly string[] = ["classlabels_int64s", "classlabels_ints"];

/** AttributeProto: the fields of its name, its integers and its strings. */
const attribute = { name: 1, integers: 8, strings: 9 };

/** Operators that change the form of the labels, not the labels. */
const passing: readonly string[] = ["Cast", "Flatten", "Identity", "Reshape", "Squeeze"];

/** Operations in a row that only change the form: converters write one or two. */
const passingMax = 16;

/** The operations by the names of their outputs. */
export function producersOf(nodes: readonly Node[]): ReadonlyMap<string, Node> {
  return new Map(nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
}

/** The operation whose output this is: before any that only change its form. */
export function sourceOf(producers: ReadonlyMap<string, Node>, output: string): Node | undefined {
  let node = producers.get(output);
  for (let step = 0; node && passing.includes(node.operator) && step < passingMax; step++) {
    node = producers.get(node.inputs[0] ?? "");
  }
  return node;
}

/** The labels that an operation records, in the order of its classes. Undefined where it records none. */
export function classLabelsOf({ attributes }: Node): readonly Scalar[] | undefined {
  for (const bytes of attributes) {
    const { parts } = readMessage(bytes);
    const name = textOf(parts.get(attribute.name)?.[0]);
    const labels =
      name === stringLabels
        ? (parts.get(attribute.strings) ?? []).map(textOf)
        : integerLabels.includes(name)
          ? integersOf(bytes, attribute.integers)
          : [];
    // A class that a double cannot represent is not shown wrongly.
    if (labels.length > 0 && labels.every((label) => typeof label === "string" || Number.isSafeInteger(label))) {
      return labels;
    }
  }
  return undefined;
}

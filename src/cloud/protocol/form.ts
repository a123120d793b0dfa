// awsQuery input: a flat form whose names are paths. `Tags.member.1.Key=a` is the first tag's key; maps are
// `Attributes.entry.1.key` and `.value`.

import { serializationError } from "./aws-error.js";
import { decodeText } from "./http-text.js";
import type { Shape } from "./shape.js";

/** Far more than an operation has (100 tags are 200 fields). */
const fieldsMax = 10_000;
const depthMax = 32;

/** A form as the tree of its names. */
interface FormNode {
  value?: string;
  readonly children: Map<string, FormNode>;
}

/** @throws AwsError SerializationException for more fields, or deeper names, than any operation has */
export function parseForm(text: string): FormNode {
  const root: FormNode = { children: new Map() };
  let count = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    if (++count > fieldsMax) throw serializationError(`More than ${fieldsMax} parameters`);
    const parts = name.split(".");
    if (parts.length > depthMax) throw serializationError(`A parameter nested deeper than ${depthMax} levels`);
    let node = root;
    for (const part of parts) {
      let child = node.children.get(part);
      if (!child) {
        child = { children: new Map() };
        node.children.set(part, child);
      }
      node = child;
    }
    node.value = value;
  }
  return root;
}

/** Decodes a form's tree as a shape. Unknown names are ignored, as on AWS. */
export function decodeForm(shape: Shape, node: FormNode | undefined): unknown {
  if (!node) return undefined;
  switch (shape.kind) {
    case "unit":
      return {};
    case "list":
      return numbered(node.children.get("member") ?? node)
        .map((element) => decodeForm(shape.element, element))
        .filter((element) => element !== undefined);
    case "map":
      return Object.fromEntries(
        numbered(node.children.get("entry") ?? node).map((entry) => [
          entry.children.get("key")?.value ?? "",
          decodeForm(shape.value, entry.children.get("value")),
        ]),
      );
    case "structure":
    case "union":
      return Object.fromEntries(
        shape.members
          .map((member) => [member.name, decodeForm(member.shape, node.children.get(member.name))] as const)
          .filter(([, value]) => value !== undefined),
      );
    default:
      return decodeText(shape, node.value, "query");
  }
}

/**
 * The children whose names are numbers, in numeric order, with or without gaps. An empty list is a name without
 * children.
 */
function numbered(node: FormNode): FormNode[] {
  return [...node.children]
    .filter(([name]) => /^\d+$/.test(name))
    .sort(([left], [right]) => Number(left) - Number(right))
    .map(([, child]) => child);
}

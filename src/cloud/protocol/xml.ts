// awsQuery output: XML elements with the names of members; lists are <member> elements and maps are <entry> elements.

import { encodePlainJson, presentEntries, shapedEntries } from "./encode-json.js";
import { encodeText } from "./http-text.js";
import type { Shape, Structure } from "./shape.js";
import { toIsoTime } from "./timestamp.js";

/** Encodes a value as the XML of its shape, without an element around it. @throws TypeError as `encodeJson` does. */
export function encodeXml(shape: Shape, value: unknown, path = "output"): string {
  switch (shape.kind) {
    case "structure":
    case "union": {
      const present = new Map(shapedEntries(shape, value, path).map(([member, found]) => [member.name, found]));
      return shape.members
        .filter(({ name }) => present.has(name))
        .map(({ name, shape: member }) => element(name, encodeXml(member, present.get(name), `${path}.${name}`)))
        .join("");
    }
    case "list":
      if (!Array.isArray(value)) throw new TypeError(`${path} must be a list`);
      return value
        .map((item, index) => element("member", encodeXml(shape.element, item, `${path}[${index}]`)))
        .join("");
    case "map":
      return presentEntries(value, path)
        .map(([key, member]) =>
          element(
            "entry",
            element("key", escapeXml(key)) + element("value", encodeXml(shape.value, member, `${path}.${key}`)),
          ),
        )
        .join("");
    case "unit":
      return "";
    default:
      return escapeXml(encodeText(shape, value, "query", path));
  }
}

/** Encodes an error's members, each as an element: by the error's schema where it has the member, else as they are. */
export function encodeXmlMembers(
  structure: Structure | undefined,
  members: Readonly<Record<string, unknown>>,
  path: string,
): string {
  return presentEntries(members, path)
    .map(([name, value]) => {
      const member = structure?.members.find((candidate) => candidate.name === name);
      return element(name, member ? encodeXml(member.shape, value, `${path}.${name}`) : encodePlainXml(value));
    })
    .join("");
}

function encodePlainXml(value: unknown): string {
  if (value instanceof Date) return toIsoTime(value);
  if (Array.isArray(value)) return value.map((item) => element("member", encodePlainXml(item))).join("");
  if (typeof value !== "object" || value === null || value instanceof Uint8Array)
    return escapeXml(String(encodePlainJson(value)));
  return Object.entries(value)
    .map(([name, member]) => element(name, encodePlainXml(member)))
    .join("");
}

export function element(name: string, content: string): string {
  return content === "" ? `<${name}/>` : `<${name}>${content}</${name}>`;
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#xD;",
};

/** A string for XML 1.0, which cannot represent most control characters: they become U+FFFD. */
export function escapeXml(text: string): string {
  return (
    text
      .replace(/[&<>"\r]/g, (character) => escapes[character] ?? character)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the expression matches exactly these.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
  );
}

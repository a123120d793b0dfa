// The files of a chain, each read once, and the objects that references name.

import { TepalError } from "../../base/index.js";
import { ModelError } from "../errors.js";
import { detectFormat } from "../formats/detect-format.js";
import { type Content, readContent } from "../formats/read-model.js";
import { Dict, type Value } from "../pickle/values.js";
import { findMember, isContainer, memberKind, membersOf } from "./members.js";
import { namesIn } from "./plain-values.js";
import { splitReference } from "./reference.js";

/** Returns the bytes of a file by its name in the document. */
export type ReadFile = (file: string) => Uint8Array | Promise<Uint8Array>;

/** Members that an error lists. */
const shownMax = 12;
/** Values of a JSON document: lists of names and thresholds are small. */
const jsonBytesMax = 1 << 24;
const jsonDepthMax = 50;

export class ChainFiles {
  readonly #read: ReadFile;
  readonly #contents: Map<string, Promise<Content>>;

  /** @param contents of files that are already read */
  constructor(read: ReadFile, contents: ReadonlyMap<string, Content> = new Map()) {
    this.#read = read;
    this.#contents = new Map(Array.from(contents, ([file, content]) => [file, Promise.resolve(content)]));
  }

  /** What a file contains. @throws ModelError with the file as place */
  content(file: string): Promise<Content> {
    const content = this.#contents.get(file) ?? atFile(file, async () => readAny(await this.#read(file)));
    this.#contents.set(file, content);
    return content;
  }

  /**
   * The object that a reference names. @throws ModelError "chain-member-unknown" with the members that exist
   */
  async value(reference: string): Promise<Value> {
    const { file, member } = splitReference(reference);
    const content = await this.content(file);
    return atFile(file, () => {
      if ("signature" in content) {
        throw new ModelError(
          "chain-member-unknown",
          `${reference} is not an object: the file is a ${content.signature.type}`,
        );
      }
      if (member === undefined) {
        if (content.rejected) throw content.rejected;
        return content.value;
      }
      const found = findMember(content.value, member);
      if (found === undefined) throw memberUnknown(member, content.value);
      return found;
    });
  }

  /** The names of columns, where `columns` refers to a list of them. @throws ModelError "chain-columns" */
  async names(columns: string | readonly string[] | undefined): Promise<readonly string[] | undefined> {
    if (typeof columns !== "string") return columns;
    const names = namesIn(await this.value(columns));
    if (!names) throw new ModelError("chain-columns", `${columns} is not a list of column names`);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined)
      throw new ModelError("chain-columns", `${columns} has the column ${JSON.stringify(twice)} twice`);
    return names;
  }
}

function memberUnknown(member: string, container: Value): ModelError {
  if (!isContainer(container)) {
    return new ModelError(
      "chain-member-unknown",
      `The file has no member "${member}": it is a ${memberKind(container)}`,
      {
        hint: "Name the file without ::MEMBER.",
      },
    );
  }
  const members = membersOf(container).map(({ path, value }) => `${path} (${memberKind(value)})`);
  const more = members.length > shownMax ? `, and ${members.length - shownMax} more` : "";
  return new ModelError("chain-member-unknown", `The file has no member "${member}"`, {
    hint: `The members are: ${members.slice(0, shownMax).join(", ")}${more}.`,
  });
}

/** Runs `use`; its errors get the file as place. */
export async function atFile<T>(file: string, use: () => T | Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    if (!(error instanceof TepalError) || error.place.file !== undefined || error.place.row !== undefined) throw error;
    throw error.with({ place: { file } });
  }
}

/** A model file, or a JSON or text file of names and numbers. */
async function readAny(bytes: Uint8Array): Promise<Content> {
  try {
    return await readContent(bytes, { ownClasses: true });
  } catch (error) {
    if (!(error instanceof ModelError) || error.code !== "model-format-unknown" || !detectFormat(bytes).isText)
      throw error;
    const value = textValue(bytes);
    if (value === undefined) throw error;
    return { value, format: "text", libraries: {} };
  }
}

/** A JSON document of plain values, or the lines of any other UTF-8 file as names. Undefined for anything else. */
function textValue(bytes: Uint8Array): Value | undefined {
  if (bytes.length > jsonBytesMax) return undefined;
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
  try {
    return fromJson(JSON.parse(text), 0);
  } catch {
    const lines = text.split(/\r?\n/).filter((line) => line !== "");
    const isList = lines.length > 0 && lines.every((line) => /^[^<>{}[\]]{1,200}$/.test(line));
    return isList ? lines : undefined;
  }
}

function fromJson(json: unknown, depth: number): Value {
  if (depth > jsonDepthMax)
    throw new ModelError("chain-invalid", `A JSON document is nested more than ${jsonDepthMax} levels`);
  if (Array.isArray(json)) return json.map((item) => fromJson(item, depth + 1));
  if (typeof json === "object" && json !== null) {
    const dict = new Dict();
    for (const [key, item] of Object.entries(json)) dict.set(key, fromJson(item, depth + 1));
    return dict;
  }
  return typeof json === "string" || typeof json === "number" || typeof json === "boolean" ? json : null;
}

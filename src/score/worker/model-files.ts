import { type Model, parseChain, readChain, readModel } from "../../model/index.js";

/** The files of a model, in the order of an image's layers: the last one is the model, or the chain of the others. */
export interface ModelFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export async function readModelFiles(files: readonly ModelFile[]): Promise<Model> {
  const last = files.at(-1);
  if (!last) throw new Error("A model has at least one file");
  if (files.length === 1) return readModel(last.bytes);
  const chain = parseChain(JSON.parse(Buffer.from(last.bytes).toString("utf8")));
  return readChain(chain, (name) => {
    const found = files.find((file) => file.name === name);
    if (!found) throw new Error(`The chain has no file ${name}`);
    return found.bytes;
  });
}

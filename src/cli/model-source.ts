// Model files that are one model.

import { basename } from "node:path";
import { TepalError } from "../base/index.js";
import { type Model, readModel } from "../model/index.js";
import type { CommandContext } from "./command-context.js";
import { readUserFile } from "./files.js";
import { commandLineError } from "./parse.js";

/** A file as the image contains it. */
export interface NamedFile {
  /** The file's name without its directory. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface ModelSource {
  readonly kind: "model";
  /** For the default name of a deployment, and for people. */
  readonly name: string;
  readonly model: Model;
  /** In the order of the image's layers. */
  readonly files: readonly NamedFile[];
}

/** @throws CliError "file-unreadable", ModelError for an invalid file, with the file as place */
export async function readModelSource(paths: readonly string[], context: CommandContext): Promise<ModelSource> {
  const [path, ...others] = paths;
  if (path === undefined || others.length > 0) throw commandLineError("Expected one model file");
  const bytes = await readUserFile(path, context);
  try {
    const name = basename(path);
    return { kind: "model", name, model: await readModel(bytes), files: [{ name, bytes }] };
  } catch (error) {
    if (!(error instanceof TepalError)) throw error;
    throw error.with({ place: { file: path } });
  }
}

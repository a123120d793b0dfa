// Model files that are one model: those of the command line, or those that the spec file lists.

import { readdirSync, statSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { TepalError } from "../base/index.js";
import { chainFileName, modelFileNames } from "../image/index.js";
import {
  type ChainDocument,
  type DirectoryEntry,
  filesOf,
  findModelFile,
  type Model,
  parseChain,
  plainFileOf,
  readChain,
  readModel,
  renameFiles,
} from "../model/index.js";
import { looksLikeCode } from "./code-source.js";
import type { CommandContext } from "./command-context.js";
import { readUserFile } from "./files.js";
import { commandLineError } from "./parse.js";
import type { RequestedModel } from "./spec-file.js";

/** Files of a directory that are looked at. */
const filesMax = 10_000;

/** A file as the image contains it. */
interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface ModelSource {
  readonly kind: "model";
  /** The name of the predictor's file, for people and for the default name of a deployment. */
  readonly name: string;
  readonly model: Model;
  /** In the order of the image's layers. The runtime opens the last one: the model, or chain.json. */
  readonly files: readonly NamedFile[];
}

/** @throws CliError "file-unreadable", ModelError for an invalid file or chain, with the file as place */
export async function readModelSource(requested: RequestedModel, context: CommandContext): Promise<ModelSource> {
  const chain = await atSpec(requested, () => parseChain(requested.value));
  const contents = new Map<string, Uint8Array>();
  const read = async (file: string): Promise<Uint8Array> => {
    const bytes = contents.get(file) ?? (await readFileOrDirectory(resolve(requested.directory, file), file, context));
    contents.set(file, bytes);
    return bytes;
  };
  const model = await atSpec(requested, () => readChain(chain, read, (text) => context.terminal.note(text)));
  const paths = filesOf(chain);
  const files = await filesInImage(chain, paths, read);
  return { kind: "model", name: basename(predictorFileOf(chain)), model, files };
}

/** The absolute paths of the files or directories that are the model. @throws ModelError "chain-..." */
export function modelPaths(requested: RequestedModel): string[] {
  return filesOf(parseChain(requested.value)).map((file) => resolve(requested.directory, file));
}

/** A model file whose bytes are in memory. @throws ModelError with the file's name as place */
export async function modelSourceOf({ name, bytes }: NamedFile): Promise<ModelSource> {
  try {
    const [inImage = name] = modelFileNames([name]);
    return { kind: "model", name, model: await readModel(bytes), files: [{ name: inImage, bytes }] };
  } catch (error) {
    throw error instanceof TepalError ? error.with({ place: { file: name } }) : error;
  }
}

/** A file, or the model file of a directory, such as MLflow's. */
async function readFileOrDirectory(path: string, shown: string, context: CommandContext): Promise<Uint8Array> {
  const directory = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (looksLikeCode(path, {})) {
    throw commandLineError(
      `${shown} is Python code, and not a model file`,
      `Use tepal run ${shown} to call it on this machine, or name the model file.`,
    );
  }
  if (!directory) return readUserFile(path, context, shown);
  try {
    const inner = await findModelFile(listDirectory(path), (each) => readUserFile(join(path, each), context, shown));
    return await readUserFile(join(path, inner), context, `${shown}/${inner}`);
  } catch (error) {
    throw error instanceof TepalError ? error.with({ place: { file: shown } }) : error;
  }
}

/** The files of a directory, up to a number that no directory of a model has. */
function listDirectory(path: string): readonly DirectoryEntry[] {
  const entries: DirectoryEntry[] = [];
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    if (entries.length === filesMax) break;
    if (!entry.isFile()) continue;
    const full = join(entry.parentPath ?? entry.path, entry.name);
    entries.push({ path: relative(path, full).replaceAll("\\", "/"), size: statSync(full).size });
  }
  return entries;
}

/** Runs `use`. Its errors about the chain get the spec file as place, unless they have that of a model file. */
async function atSpec<T>({ specPath }: RequestedModel, use: () => T | Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    const isChains = error instanceof TepalError && error.code.startsWith("chain-");
    throw isChains && specPath !== undefined ? error.with({ place: { file: specPath } }) : error;
  }
}

async function filesInImage(
  chain: ChainDocument,
  paths: readonly string[],
  read: (file: string) => Promise<Uint8Array>,
): Promise<readonly NamedFile[]> {
  const names = modelFileNames(paths);
  const files = await Promise.all(paths.map(async (path, index) => ({ name: names[index]!, bytes: await read(path) })));
  if (plainFileOf(chain) !== undefined) return files;
  const renamed = renameFiles(chain, (file) => names[paths.indexOf(file)]!);
  return [...files, { name: chainFileName, bytes: Buffer.from(`${JSON.stringify(renamed, null, 2)}\n`) }];
}

function predictorFileOf({ steps }: ChainDocument): string {
  const [file] = filesOf({ steps: steps.slice(-1) });
  return file ?? "model";
}

// What the arguments of build, run and deploy name: model files, an existing image, or the user's own Python code.

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type ApiSubject, type CodeSchema, describeSubject } from "../contract/index.js";
import type { Model } from "../model/index.js";
import type { CommandContext } from "./command-context.js";
import { CliError } from "./errors.js";
import { findImageModel, findImageSource, type ImageSource } from "./image-source.js";
import { type ModelSource, readModelSource } from "./model-source.js";

export type Source = ModelSource | ImageSource | CodeSource;

/** A directory with a Python handler. */
interface CodeSource {
  readonly kind: "code";
  /** For the default name of a deployment. */
  readonly name: string;
  /** Absolute path. */
  readonly directory: string;
  /** `module.function`, as Lambda's setting of this name. */
  readonly handler: string;
}

interface SourceChoice {
  /** The platform of an image, as OS/ARCHITECTURE; undefined: this machine's. */
  readonly platform?: string | undefined;
}

/**
 * @throws CliError "file-unreadable", ModelError for an invalid file, with the file as place; ImageError "image-...",
 * "registry-..."
 */
export async function readSource(
  args: readonly string[],
  { platform }: SourceChoice,
  context: CommandContext,
): Promise<Source> {
  const [argument, ...others] = args;
  if (argument !== undefined && others.length === 0) {
    const image = await findImageSource(argument, platform, context);
    if (image) return image;
    checkExists(argument, context);
  }
  return readModelSource(args, context);
}

/** An argument that is neither a file nor an image reference could have been meant as either. */
function checkExists(argument: string, { cwd }: CommandContext): void {
  // FILE::MEMBER is the business of the reader of models.
  if (argument.includes("::") || existsSync(resolve(cwd, argument))) return;
  throw new CliError("file-unreadable", `Cannot read ${argument}: the file does not exist`, {
    hint: "Check the path. An image of a registry needs its tag: NAME:TAG or REGISTRY/NAME.",
  });
}

/** The model that an API in front of the source serves; undefined: it serves code. */
export async function findModel(source: Source, context: CommandContext): Promise<Model | undefined> {
  if (source.kind === "model") return source.model;
  return source.kind === "image" ? findImageModel(source.image, context) : undefined;
}

/** What the API offers to callers. */
export function subjectOf(
  source: Source,
  model: Model | undefined,
  code: { readonly schema?: CodeSchema; readonly example?: unknown } = {},
): ApiSubject {
  if (model) return { kind: "model", signature: model.signature };
  return { kind: "code", description: describeSource(source), ...code };
}

/** The source in one line. */
export function describeSource(source: Source): string {
  switch (source.kind) {
    case "model":
      return describeSubject({ kind: "model", signature: source.model.signature });
    case "image":
      return `image ${source.title}`;
    case "code":
      return `${source.name}, ${source.handler}`;
    default:
      return source satisfies never;
  }
}

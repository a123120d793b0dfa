// What the arguments of build, run and deploy name: model files, an existing image, or the user's own Python code.

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type ApiSubject, type CodeSchema, describeSubject } from "../contract/index.js";
import type { Model } from "../model/index.js";
import { type CodeChoice, type CodeSource, looksLikeCode, readCodeSource, unusedOption } from "./code-source.js";
import type { CommandContext } from "./command-context.js";
import { CliError } from "./errors.js";
import { findImageModel, findImageSource, type ImageSource } from "./image-source.js";
import { type ModelSource, readModelSource } from "./model-source.js";
import { commandLineError } from "./parse.js";
import type { RequestedModel } from "./spec-file.js";

export type Source = ModelSource | ImageSource | CodeSource;

interface SourceChoice extends CodeChoice {
  /** The platform of an image, as OS/ARCHITECTURE; undefined: this machine's. */
  readonly platform?: string | undefined;
}

/**
 * @throws CliError "file-unreadable", "handler-not-found", "command-line" for an option of Python code with another
 * source; ModelError for an invalid file, with the file as place; ImageError "image-...", "registry-..."
 */
export async function readSource(
  requested: RequestedModel,
  choice: SourceChoice,
  context: CommandContext,
): Promise<Source> {
  const { value, directory } = requested;
  const argument = typeof value === "string" ? value : undefined;
  const path = argument === undefined ? undefined : resolve(directory, argument);
  if (path !== undefined && looksLikeCode(path, choice)) return readCodeSource(path, choice);
  const option = unusedOption(choice);
  if (option !== undefined) {
    throw commandLineError(
      `--${option} is an option for Python code`,
      "Pass a directory with lambda_function.py, or a Python file.",
    );
  }
  if (argument !== undefined && path !== undefined) {
    const image = await findImageSource(argument, choice.platform, { ...context, cwd: directory });
    if (image) return image;
    checkExists(argument, path);
  }
  return readModelSource(requested, context);
}

/** An argument that is neither a file nor an image reference could have been meant as either. */
function checkExists(argument: string, path: string): void {
  // FILE::MEMBER is the business of the reader of models.
  if (argument.includes("::") || existsSync(path)) return;
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

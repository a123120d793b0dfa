// What the arguments of build, run and deploy name: model files, an existing image, or the user's own Python code.

import { resolve } from "node:path";
import type { Image } from "../image/index.js";
import { type CodeChoice, type CodeSource, looksLikeCode, readCodeSource, unusedOption } from "./code-source.js";
import type { CommandContext } from "./command-context.js";
import { type ModelSource, readModelSource } from "./model-source.js";
import { commandLineError } from "./parse.js";
import type { RequestedModel } from "./spec-file.js";

export type Source = ModelSource | ImageSource | CodeSource;

/** A Lambda image that exists: an image reference, an OCI layout, or an archive. */
export interface ImageSource {
  readonly kind: "image";
  /** For the default name of a deployment. */
  readonly name: string;
  readonly image: Image;
}

/**
 * @throws CliError "file-unreadable", "handler-not-found", "command-line" for an option of Python code with another
 * source; ModelError for an invalid file, with the file as place
 */
export async function readSource(
  requested: RequestedModel,
  choice: CodeChoice,
  context: CommandContext,
): Promise<Source> {
  const { value, directory } = requested;
  const path = typeof value === "string" ? resolve(directory, value) : undefined;
  if (path !== undefined && looksLikeCode(path, choice)) return readCodeSource(path, choice);
  const option = unusedOption(choice);
  if (option !== undefined) {
    throw commandLineError(
      `--${option} is an option for Python code`,
      "Pass a directory with lambda_function.py, or a Python file.",
    );
  }
  return readModelSource(requested, context);
}

// What the arguments of build, run and deploy name: model files, an existing image, or the user's own Python code.

import type { Image } from "../image/index.js";
import type { CommandContext } from "./command-context.js";
import { type ModelSource, readModelSource } from "./model-source.js";
import type { RequestedModel } from "./spec-file.js";

export type Source = ModelSource | ImageSource | CodeSource;

/** A Lambda image that exists: an image reference, an OCI layout, or an archive. */
export interface ImageSource {
  readonly kind: "image";
  /** For the default name of a deployment. */
  readonly name: string;
  readonly image: Image;
}

/** A directory with a Python handler. */
export interface CodeSource {
  readonly kind: "code";
  /** For the default name of a deployment. */
  readonly name: string;
  /** Absolute path. */
  readonly directory: string;
  /** `module.function`, as Lambda's setting of this name. */
  readonly handler: string;
}

/** @throws CliError "file-unreadable", ModelError for an invalid file, with the file as place */
export async function readSource(requested: RequestedModel, context: CommandContext): Promise<Source> {
  return readModelSource(requested, context);
}

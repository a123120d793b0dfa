// From a container image to code that is ready to run: its layers unpacked, its config and the function's ImageConfig
// combined.

import { parseConfig, type RunConfig, splitAssignment } from "../../../image/index.js";
import type { AccountRegion, ImageSource } from "../../service-interfaces.js";
import { defaultPath } from "../environment/environment-variables.js";
import type { Failure } from "../environment/failures.js";
import type { ImageCode, Settings } from "../function/documents.js";
import type { PreparedCode, UnusableCode } from "./prepared-code.js";
import { findCommand, findInRoot } from "./root-path.js";
import type { RootTrees } from "./root-trees.js";

export class ImagePreparer {
  readonly #images: ImageSource;
  readonly #trees: RootTrees;

  constructor(images: ImageSource, trees: RootTrees) {
    this.#images = images;
    this.#trees = trees;
  }

  /**
   * Unpacks the image, unless it is unpacked already.
   * @throws AwsError when the image is no longer in its repository; CloudError when a layer is damaged
   */
  async prepare(
    { config, layers, resolvedImageUri }: ImageCode,
    settings: Settings,
    accountRegion: AccountRegion,
  ): Promise<PreparedCode | UnusableCode> {
    const rootDir =
      this.#trees.find(layers) ?? (await this.#trees.prepare(this.#images.resolve(resolvedImageUri, accountRegion)));
    return preparedImage(parseConfig(config).config, settings, rootDir);
  }

  /** Removes unpacked images, except these. No environment may run on the others. */
  keepOnly(images: readonly ImageCode[]): Promise<void> {
    return this.#trees.keepOnly(images.map(({ layers }) => layers));
  }
}

/** What an image's config and a function's settings start in a root file system. */
export function preparedImage(
  image: RunConfig,
  settings: Pick<Settings, "ImageConfig" | "Variables">,
  rootDir: string,
): PreparedCode | UnusableCode {
  const { EntryPoint, Command, WorkingDirectory } = settings.ImageConfig ?? {};
  const [program, ...programArguments] = [...(EntryPoint ?? image.Entrypoint ?? []), ...(Command ?? image.Cmd ?? [])];
  const workingDirectory = WorkingDirectory || image.WorkingDir || "/";
  if (!findInRoot(rootDir, workingDirectory)?.stats.isDirectory()) {
    return unusable("Runtime.InvalidWorkingDir", `chdir ${workingDirectory}: no such file or directory`);
  }
  if (program === undefined) {
    return unusable("Runtime.InvalidEntrypoint", "The image has neither an ENTRYPOINT nor a CMD");
  }
  const environment = { ...Object.fromEntries((image.Env ?? []).map(splitAssignment)), ...settings.Variables };
  return {
    rootDir,
    command: [findCommand(rootDir, program, environment.PATH ?? defaultPath), ...programArguments],
    environment,
    workingDirectory,
    // The first word of CMD, which is the handler in AWS's base images.
    handler: Command?.[0] ?? image.Cmd?.[0] ?? programArguments.at(-1) ?? program,
  };
}

function unusable(errorType: Failure["errorType"], errorMessage: string): UnusableCode {
  return { failure: { errorType, errorMessage } };
}

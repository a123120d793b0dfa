// Selects the preparer of a function's code: the only place that distinguishes kinds of code before a function runs.

import type { AccountRegion } from "../../service-interfaces.js";
import type { Code, VersionDocument } from "../function/documents.js";
import type { ImagePreparer } from "./image-preparer.js";
import type { PreparedCode, UnusableCode } from "./prepared-code.js";

export class CodePreparer {
  readonly #image: ImagePreparer;

  constructor(image: ImagePreparer) {
    this.#image = image;
  }

  /** @throws AwsError, CloudError when the code cannot be read or unpacked: the function then fails to become Active */
  async prepare(
    { name, code, settings }: VersionDocument,
    accountRegion: AccountRegion,
  ): Promise<PreparedCode | UnusableCode> {
    switch (code.kind) {
      case "image":
        return this.#image.prepare(code, settings, accountRegion);
      case "zip":
        return {
          failure: {
            errorType: "Runtime.NotSupported",
            errorMessage: `${name} is a zip function. This cloud stores zip functions but runs container images only: create the function with PackageType Image`,
          },
        };
      default:
        return code satisfies never;
    }
  }

  /** Removes what was unpacked for any other code. No environment may run on it. */
  keepOnly(codes: readonly Code[]): Promise<void> {
    return this.#image.keepOnly(codes.filter((code) => code.kind === "image"));
  }
}

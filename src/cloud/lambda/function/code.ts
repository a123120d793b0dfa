// A function's code, from what CreateFunction and UpdateFunctionCode are given.

import { createHash } from "node:crypto";
import type { Architecture } from "@aws-sdk/client-lambda";
import type { Input } from "../../protocol/operation.js";
import type { Place, ResolvedImage } from "../../service-interfaces.js";
import type { LambdaState } from "../state.js";
import type { Code } from "./documents.js";
import { constraintViolated, invalidParameter } from "./errors.js";

type Wanted = Pick<
  Input<"lambda", "UpdateFunctionCode">,
  "ImageUri" | "ZipFile" | "S3Bucket" | "S3Key" | "Architectures"
>;

/**
 * Finds the image, or keeps the zip file.
 * @throws AwsError InvalidParameterValueException, in Lambda's words
 */
export function codeOf(
  kind: Code["kind"],
  wanted: Wanted,
  place: Place,
  state: Pick<LambdaState, "images" | "store">,
): Code {
  const architecture = architectureOf(wanted.Architectures);
  if (kind === "image") {
    if (wanted.ImageUri === undefined) {
      throw invalidParameter("Please provide ImageUri when updating a function with packageType Image.");
    }
    return imageCode(wanted.ImageUri, state.images.resolve(wanted.ImageUri, place), architecture);
  }
  if (wanted.ImageUri !== undefined) {
    throw invalidParameter("Please don't provide ImageUri when updating a function with packageType Zip.");
  }
  if (wanted.ZipFile === undefined) throw noZip(wanted);
  if (Buffer.from(wanted.ZipFile.subarray(0, 2)).toString("latin1") !== "PK") {
    throw invalidParameter("Could not unzip uploaded file. Please check your file, then try to upload again.");
  }
  return {
    kind,
    digest: state.store.blobs.put(wanted.ZipFile),
    bytes: wanted.ZipFile.length,
    sha256: createHash("sha256").update(wanted.ZipFile).digest("base64"),
    architecture,
  };
}

function imageCode(imageUri: string, image: ResolvedImage, architecture: Architecture): Code {
  return {
    kind: "image",
    imageUri,
    resolvedImageUri: image.resolvedImageUri,
    sha256: image.digest.slice("sha256:".length),
    config: image.config,
    layers: image.layers.map(({ digest }) => digest),
    architecture,
  };
}

function noZip({ S3Bucket, S3Key }: Wanted) {
  return S3Bucket === undefined || S3Key === undefined
    ? invalidParameter("Please provide a source for function code.")
    : invalidParameter(
        "Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The specified bucket does not exist",
      );
}

function architectureOf(architectures: readonly Architecture[] | undefined): Architecture {
  const [architecture = "x86_64", ...more] = architectures ?? [];
  if (more.length > 0 || (architecture !== "x86_64" && architecture !== "arm64")) {
    throw constraintViolated(
      "architectures",
      `[${(architectures ?? []).join(", ")}]`,
      "Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]",
    );
  }
  return architecture;
}

// What differs between container images and zip files in Lambda's API: which members belong to which, where the code
// is, how it is described.

import { createHash } from "node:crypto";
import type { Architecture, FunctionCodeLocation, FunctionConfiguration } from "@aws-sdk/client-lambda";
import type { Input } from "../../protocol/operation.js";
import type { AccountRegion, ResolvedImage } from "../../service-interfaces.js";
import type { Code } from "../function/documents.js";
import { constraintViolated, invalidParameter } from "../function/errors.js";
import type { LambdaState } from "../state.js";

type PackageInput = Pick<
  Input<"lambda", "UpdateFunctionCode">,
  "ImageUri" | "ZipFile" | "S3Bucket" | "S3Key" | "Architectures"
>;

type Kind = Code["kind"];

/** The kind of a new function's code. Without PackageType, an image URI says that it is an image. */
export function kindOf({
  PackageType,
  Code: code,
}: Pick<Input<"lambda", "CreateFunction">, "PackageType" | "Code">): Kind {
  return (PackageType ?? (code?.ImageUri === undefined ? "Zip" : "Image")) === "Image" ? "image" : "zip";
}

/** @throws AwsError InvalidParameterValueException when members do not belong to the package type */
export function checkPackage(
  kind: Kind,
  { Runtime, Handler, Layers, ImageConfig }: Omit<Input<"lambda", "UpdateFunctionConfiguration">, "FunctionName">,
): void {
  if (kind === "image" && (Runtime !== undefined || Handler !== undefined || (Layers ?? []).length > 0)) {
    throw invalidParameter(
      "Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image.",
    );
  }
  if (kind === "zip" && ImageConfig !== undefined) {
    throw invalidParameter("Please don't provide ImageConfig when the intended function PackageType is Zip.");
  }
}

/** @throws AwsError InvalidParameterValueException when a new function lacks what its package type needs */
export function checkNewPackage(kind: Kind, input: Input<"lambda", "CreateFunction">): void {
  checkPackage(kind, input);
  if (kind === "zip" && (input.Runtime === undefined || input.Handler === undefined)) {
    throw invalidParameter(
      "Runtime and Handler are mandatory parameters for functions created with deployment packages.",
    );
  }
}

/**
 * Finds the image, or stores the zip file.
 * @throws AwsError InvalidParameterValueException
 */
export function codeOf(
  kind: Kind,
  input: PackageInput,
  accountRegion: AccountRegion,
  state: Pick<LambdaState, "images" | "store">,
): Code {
  const architecture = architectureOf(input.Architectures);
  if (kind === "image") {
    if (input.ImageUri === undefined) {
      throw invalidParameter("Please provide ImageUri when updating a function with packageType Image.");
    }
    return imageCode(input.ImageUri, state.images.resolve(input.ImageUri, accountRegion), architecture);
  }
  if (input.ImageUri !== undefined) {
    throw invalidParameter("Please don't provide ImageUri when updating a function with packageType Zip.");
  }
  if (input.ZipFile === undefined) throw noZip(input);
  if (Buffer.from(input.ZipFile.subarray(0, 2)).toString("latin1") !== "PK") {
    throw invalidParameter("Could not unzip uploaded file. Please check your file, then try to upload again.");
  }
  return {
    kind,
    digest: state.store.blobs.put(input.ZipFile),
    bytes: input.ZipFile.length,
    sha256: createHash("sha256").update(input.ZipFile).digest("base64"),
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

function noZip({ S3Bucket, S3Key }: PackageInput) {
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

/** The bytes that count against the account's code storage: images are stored in ECR. */
export function storedBytesOf(code: Code): number {
  return code.kind === "zip" ? code.bytes : 0;
}

/** The members of a FunctionConfiguration that describe the code. */
export function describePackage(code: Code): FunctionConfiguration {
  return {
    CodeSize: storedBytesOf(code),
    CodeSha256: code.sha256,
    PackageType: code.kind === "zip" ? "Zip" : "Image",
    Architectures: [code.architecture],
  };
}

export function describeLocation(code: Code): FunctionCodeLocation {
  return code.kind === "image"
    ? { RepositoryType: "ECR", ImageUri: code.imageUri, ResolvedImageUri: code.resolvedImageUri }
    : { RepositoryType: "S3" };
}

// ECR for Lambda: finds the image of a function's ImageUri, if Lambda can run it.

import { TepalError } from "../../base/index.js";
import { kindOf, parseReference, type Reference } from "../../image/index.js";
import { AwsError } from "../protocol/aws-error.js";
import type { AccountRegion, ImageSource, ResolvedImage } from "../service-interfaces.js";
import { findImage } from "./content/images.js";
import { type Manifest, parseManifest } from "./content/manifest.js";
import type { RepositoryId } from "./names.js";
import type { EcrState } from "./state.js";

/** Configs have a few KB; a larger blob is not a config. */
const configBytesMax = 4 * 1024 * 1024;
/** Hosts of AWS's own registries, as scripts written for AWS contain them, with account and region. */
const awsHost = /^([0-9]{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?$/;
const loopbackHosts: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

export const imageSource = (state: EcrState): ImageSource => ({
  resolve(imageUri, accountRegion) {
    const reference = referenceOf(imageUri);
    const repository = repositoryOf(state, reference, accountRegion);
    if (!repository) throw sourceImageInvalid(imageUri);
    const { digest: imageDigest, tag: imageTag } = reference;
    const found = findImage(state, repository, imageDigest === undefined ? { imageTag } : { imageDigest });
    if (!found) throw sourceImageNotFound(imageUri);
    const manifest = parseManifest(found.document.manifest, found.document.mediaType);
    return {
      resolvedImageUri: `${reference.registry}/${reference.repository}@${found.digest}`,
      digest: found.digest,
      ...contentOf(state, repository, manifest, imageUri),
    };
  },
});

/** Config and layers of an image that Lambda accepts: for one platform, with file system layers only. */
function contentOf(
  state: EcrState,
  repository: RepositoryId,
  manifest: Manifest,
  imageUri: string,
): Pick<ResolvedImage, "config" | "layers"> {
  if (manifest.kind === "index" || kindOf(manifest.config.mediaType) !== "config")
    throw mediaTypeNotSupported(imageUri);
  if (!manifest.layers.every(({ mediaType }) => isRunnableLayer(mediaType))) throw mediaTypeNotSupported(imageUri);
  const configSize = state.layers.size(repository, manifest.config.digest);
  if (configSize !== undefined && configSize > configBytesMax) throw mediaTypeNotSupported(imageUri);
  const config = state.store.blobs.read(manifest.config.digest);
  if (configSize === undefined || config === undefined) throw sourceImageNotFound(imageUri);
  const layers = manifest.layers.map(({ digest, mediaType }) => {
    const size = state.layers.size(repository, digest);
    const path = state.layers.path(repository, digest);
    if (size === undefined || path === undefined) throw sourceImageNotFound(imageUri);
    return { digest, mediaType, size, path };
  });
  return { config, layers };
}

/** Uncompressed and gzip layers; Lambda does not support zstd. */
const isRunnableLayer = (mediaType: string): boolean => kindOf(mediaType) === "layer" && !/zstd$/.test(mediaType);

function referenceOf(imageUri: string): Reference {
  try {
    return parseReference(imageUri);
  } catch (error) {
    if (error instanceof TepalError) throw sourceImageInvalid(imageUri);
    throw error;
  }
}

/** The repository of a reference; undefined if its host is not this cloud's registry. */
function repositoryOf(
  { publicHost }: EcrState,
  { registry, repository: name }: Reference,
  accountRegion: AccountRegion,
): RepositoryId | undefined {
  const aws = awsHost.exec(registry);
  if (aws) return { account: aws[1]!, region: aws[2]!, name };
  const [, host, port] = /^(.*?)(:\d+)?$/.exec(registry) ?? [];
  const isOurs = registry === publicHost() || (loopbackHosts.has(host!) && publicHost().endsWith(port ?? ":80"));
  return isOurs ? { ...accountRegion, name } : undefined;
}

const invalidValue = (message: string): AwsError =>
  new AwsError<"lambda">("InvalidParameterValueException", 400, message);

const sourceImageNotFound = (imageUri: string): AwsError =>
  invalidValue(`Source image ${imageUri} does not exist. Provide a valid source image.`);

const sourceImageInvalid = (imageUri: string): AwsError =>
  invalidValue(`Source image ${imageUri} is not valid. Provide a valid source image.`);

const mediaTypeNotSupported = (imageUri: string): AwsError =>
  invalidValue(`The image manifest, config or layer media type for the source image ${imageUri} is not supported.`);

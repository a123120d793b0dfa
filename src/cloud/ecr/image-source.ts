// ECR, as Lambda sees it: the image that a function's ImageUri names, if Lambda could run it.

import { TepalError } from "../../base/index.js";
import { kindOf, parseReference, type Reference } from "../../image/index.js";
import { AwsError } from "../protocol/aws-error.js";
import type { ImageSource, Place, ResolvedImage } from "../service-interfaces.js";
import { findImage } from "./content/images.js";
import { type Manifest, parseManifest } from "./content/manifest.js";
import type { RepositoryPlace } from "./names.js";
import type { EcrState } from "./state.js";

/** Configs are a few KB; more is not a config. */
const configBytesMax = 4 * 1024 * 1024;
/** Hosts of AWS's own registries, which scripts made for AWS carry: account and region stand in the name. */
const awsHost = /^([0-9]{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?$/;
const loopbackHosts: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

export const imageSource = (state: EcrState): ImageSource => ({
  resolve(imageUri, place) {
    const reference = referenceOf(imageUri);
    const repository = repositoryOf(state, reference, place);
    if (!repository) throw sourceImageInvalid(imageUri);
    const { digest: imageDigest, tag: imageTag } = reference;
    const found = findImage(state, repository, imageDigest === undefined ? { imageTag } : { imageDigest });
    if (!found) throw sourceImageAbsent(imageUri);
    const manifest = parseManifest(found.document.manifest, found.document.mediaType);
    return {
      resolvedImageUri: `${reference.registry}/${reference.repository}@${found.digest}`,
      digest: found.digest,
      ...contentOf(state, repository, manifest, imageUri),
    };
  },
});

/** Config and layers of an image that Lambda takes: one platform, and nothing in it that is not a root file system. */
function contentOf(
  state: EcrState,
  repository: RepositoryPlace,
  manifest: Manifest,
  imageUri: string,
): Pick<ResolvedImage, "config" | "layers"> {
  if (manifest.kind === "index" || kindOf(manifest.config.mediaType) !== "config") throw mediaTypeRefused(imageUri);
  if (!manifest.layers.every(({ mediaType }) => isRunnableLayer(mediaType))) throw mediaTypeRefused(imageUri);
  const configSize = state.layers.size(repository, manifest.config.digest);
  if (configSize !== undefined && configSize > configBytesMax) throw mediaTypeRefused(imageUri);
  const config = state.store.blobs.read(manifest.config.digest);
  if (configSize === undefined || config === undefined) throw sourceImageAbsent(imageUri);
  const layers = manifest.layers.map(({ digest, mediaType }) => {
    const size = state.layers.size(repository, digest);
    const path = state.layers.path(repository, digest);
    if (size === undefined || path === undefined) throw sourceImageAbsent(imageUri);
    return { digest, mediaType, size, path };
  });
  return { config, layers };
}

/** Plain and gzip layers; Lambda takes no zstd. */
const isRunnableLayer = (mediaType: string): boolean => kindOf(mediaType) === "layer" && !/zstd$/.test(mediaType);

function referenceOf(imageUri: string): Reference {
  try {
    return parseReference(imageUri);
  } catch (error) {
    if (error instanceof TepalError) throw sourceImageInvalid(imageUri);
    throw error;
  }
}

/** undefined when the address is no registry of this cloud. */
function repositoryOf(
  { publicHost }: EcrState,
  { registry, repository: name }: Reference,
  place: Place,
): RepositoryPlace | undefined {
  const aws = awsHost.exec(registry);
  if (aws) return { account: aws[1]!, region: aws[2]!, name };
  const [, host, port] = /^(.*?)(:\d+)?$/.exec(registry) ?? [];
  const isOurs = registry === publicHost() || (loopbackHosts.has(host!) && publicHost().endsWith(port ?? ":80"));
  return isOurs ? { ...place, name } : undefined;
}

const refusal = (message: string): AwsError => new AwsError<"lambda">("InvalidParameterValueException", 400, message);

const sourceImageAbsent = (imageUri: string): AwsError =>
  refusal(`Source image ${imageUri} does not exist. Provide a valid source image.`);

const sourceImageInvalid = (imageUri: string): AwsError =>
  refusal(`Source image ${imageUri} is not valid. Provide a valid source image.`);

const mediaTypeRefused = (imageUri: string): AwsError =>
  refusal(`The image manifest, config or layer media type for the source image ${imageUri} is not supported.`);

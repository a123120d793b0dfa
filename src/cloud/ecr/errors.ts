// ECR's errors, with AWS's messages. Each is a function from the values in its message to the error.

import { AwsError } from "../protocol/aws-error.js";
import type { RepositoryId } from "./names.js";

const clientError = 400;

const where = ({ account, name }: RepositoryId): string =>
  `the repository with name '${name}' in the registry with id '${account}'`;

export const invalidParameter = (parameter: string, constraint: string): AwsError =>
  new AwsError<"ecr">(
    "InvalidParameterException",
    clientError,
    `Invalid parameter at '${parameter}' failed to satisfy constraint: '${constraint}'`,
  );

export const repositoryNotFound = ({ account, name }: RepositoryId): AwsError =>
  new AwsError<"ecr">(
    "RepositoryNotFoundException",
    clientError,
    `The repository with name '${name}' does not exist in the registry with id '${account}'`,
  );

export const repositoryAlreadyExists = ({ account, name }: RepositoryId): AwsError =>
  new AwsError<"ecr">(
    "RepositoryAlreadyExistsException",
    clientError,
    `The repository with name '${name}' already exists in the registry with id '${account}'`,
  );

export const repositoryNotEmpty = ({ account, name }: RepositoryId): AwsError =>
  new AwsError<"ecr">(
    "RepositoryNotEmptyException",
    clientError,
    `The repository with name '${name}' in registry with id '${account}' cannot be deleted because it still contains images`,
  );

export const repositoryPolicyNotFound = ({ account, name }: RepositoryId): AwsError =>
  new AwsError<"ecr">(
    "RepositoryPolicyNotFoundException",
    clientError,
    `Repository policy does not exist for the repository with name '${name}' in the registry with id '${account}'`,
  );

export const lifecyclePolicyNotFound = ({ account, name }: RepositoryId): AwsError =>
  new AwsError<"ecr">(
    "LifecyclePolicyNotFoundException",
    clientError,
    `Lifecycle policy does not exist for the repository with name '${name}' in the registry with id '${account}'`,
  );

export const registryPolicyNotFound = (account: string): AwsError =>
  new AwsError<"ecr">(
    "RegistryPolicyNotFoundException",
    clientError,
    `Registry policy does not exist in the registry with id '${account}'`,
  );

interface ImageId {
  readonly imageDigest?: string | undefined;
  readonly imageTag?: string | undefined;
}

const shown = ({ imageDigest, imageTag }: ImageId): string =>
  `{imageDigest:'${imageDigest ?? "null"}', imageTag:'${imageTag ?? "null"}'}`;

export const imageNotFound = ({ account, name }: RepositoryId, id: ImageId): AwsError =>
  new AwsError<"ecr">(
    "ImageNotFoundException",
    clientError,
    `The image with imageId ${shown(id)} does not exist ` +
      `within the repository with name '${name}' in the registry with id '${account}'`,
  );

export const scanNotFound = ({ account, name }: RepositoryId, id: ImageId): AwsError =>
  new AwsError<"ecr">(
    "ScanNotFoundException",
    clientError,
    `Image scan does not exist for the image with '${shown(id)}' ` +
      `in the repository with name '${name}' in the registry with id '${account}'`,
  );

export const imageAlreadyExists = (
  { account, name }: RepositoryId,
  digest: string,
  tag: string | undefined,
): AwsError =>
  new AwsError<"ecr">(
    "ImageAlreadyExistsException",
    clientError,
    `Image with digest '${digest}'${tag === undefined ? "" : ` and tag '${tag}'`} already exists ` +
      `in the repository with name '${name}' in registry with id '${account}'`,
  );

export const imageTagAlreadyExists = ({ name }: RepositoryId, tag: string): AwsError =>
  new AwsError<"ecr">(
    "ImageTagAlreadyExistsException",
    clientError,
    `The image tag '${tag}' already exists in the '${name}' repository and cannot be overwritten because the tag is immutable.`,
  );

export const imageDigestDoesNotMatch = (expected: string, found: string): AwsError =>
  new AwsError<"ecr">(
    "ImageDigestDoesNotMatchException",
    clientError,
    `The specified image digest '${expected}' does not match the digest of the manifest, '${found}'`,
  );

export const layersNotFound = (repositoryId: RepositoryId, digests: readonly string[]): AwsError =>
  new AwsError<"ecr">(
    "LayersNotFoundException",
    clientError,
    `Layers with digests '[${digests.join(", ")}]' required for pushing image into ${where(repositoryId)} do not exist`,
  );

export const referencedImagesNotFound = (repositoryId: RepositoryId, digests: readonly string[]): AwsError =>
  new AwsError<"ecr">(
    "ReferencedImagesNotFoundException",
    clientError,
    `Images with digests '[${digests.join(", ")}]' required for pushing image into ${where(repositoryId)} do not exist`,
  );

export const layerNotFound = (repositoryId: RepositoryId, digest: string): AwsError =>
  new AwsError<"ecr">(
    "LayersNotFoundException",
    clientError,
    `The layer with digest '${digest}' does not exist in ${where(repositoryId)}`,
  );

export const layerAlreadyExists = (repositoryId: RepositoryId, digest: string): AwsError =>
  new AwsError<"ecr">(
    "LayerAlreadyExistsException",
    clientError,
    `Layer with digest '${digest}' already exists in ${where(repositoryId)}`,
  );

export const uploadNotFound = (repositoryId: RepositoryId, uploadId: string): AwsError =>
  new AwsError<"ecr">(
    "UploadNotFoundException",
    clientError,
    `The upload with id '${uploadId}' does not exist in ${where(repositoryId)}`,
  );

export const uploadBusy = (uploadId: string): AwsError =>
  invalidParameter("uploadId", `Another request is writing to the upload '${uploadId}'`);

export const emptyUpload = (uploadId: string): AwsError =>
  new AwsError<"ecr">(
    "EmptyUploadException",
    clientError,
    `The upload with id '${uploadId}' does not contain any layer parts`,
  );

export const invalidLayer = (expected: readonly string[], found: string): AwsError =>
  new AwsError<"ecr">(
    "InvalidLayerException",
    clientError,
    `The layer digest '${found}' calculated from the upload is not one of the expected '[${expected.join(", ")}]'`,
  );

export const layerPartTooSmall = (partBytesMin: number, found: number): AwsError =>
  new AwsError<"ecr">(
    "LayerPartTooSmallException",
    clientError,
    `Layer parts other than the last must be at least ${partBytesMin} bytes in size, found ${found}`,
  );

export const invalidLayerPart = (
  repositoryId: RepositoryId,
  uploadId: string,
  receivedBytes: number,
  reason: string,
): AwsError =>
  new AwsError<"ecr">("InvalidLayerPartException", clientError, reason, {
    registryId: repositoryId.account,
    repositoryName: repositoryId.name,
    uploadId,
    lastValidByteReceived: Math.max(0, receivedBytes - 1),
  });

export const limitExceeded = (what: string, max: number, found: number): AwsError =>
  new AwsError<"ecr">("LimitExceededException", clientError, `${what} is limited to ${max}, found ${found}`);

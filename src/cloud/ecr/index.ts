// ECR: its API, its registry below /v2/, and the images for Lambda.

import type { Operations } from "../protocol/operation.js";
import type { RunningService, ServiceContext } from "../service.js";
import type { ImageSource } from "../service-interfaces.js";
import { batchCheckLayerAvailability } from "./batch-check-layer-availability.js";
import { batchDeleteImage } from "./batch-delete-image.js";
import { batchGetImage } from "./batch-get-image.js";
import { completeLayerUpload } from "./complete-layer-upload.js";
import { createRepository } from "./create-repository.js";
import { deleteLifecyclePolicy } from "./delete-lifecycle-policy.js";
import { deleteRepository } from "./delete-repository.js";
import { deleteRepositoryPolicy } from "./delete-repository-policy.js";
import { describeImageScanFindings } from "./describe-image-scan-findings.js";
import { describeImages } from "./describe-images.js";
import { describeRegistry } from "./describe-registry.js";
import { describeRepositories } from "./describe-repositories.js";
import { getAuthorizationToken } from "./get-authorization-token.js";
import { getDownloadUrlForLayer } from "./get-download-url-for-layer.js";
import { getLifecyclePolicy } from "./get-lifecycle-policy.js";
import { getRegistryPolicy } from "./get-registry-policy.js";
import { getRepositoryPolicy } from "./get-repository-policy.js";
import { imageSource } from "./image-source.js";
import { initiateLayerUpload } from "./initiate-layer-upload.js";
import { listImages } from "./list-images.js";
import { listTagsForResource } from "./list-tags-for-resource.js";
import { putImage } from "./put-image.js";
import { putImageScanningConfiguration } from "./put-image-scanning-configuration.js";
import { putImageTagMutability } from "./put-image-tag-mutability.js";
import { putLifecyclePolicy } from "./put-lifecycle-policy.js";
import { registryRoute } from "./registry/route.js";
import { setRepositoryPolicy } from "./set-repository-policy.js";
import { type EcrState, ecrState } from "./state.js";
import { tagResource } from "./tag-resource.js";
import { untagResource } from "./untag-resource.js";
import { uploadLayerPart } from "./upload-layer-part.js";

const operations: Operations<"ecr", EcrState> = {
  BatchCheckLayerAvailability: batchCheckLayerAvailability,
  BatchDeleteImage: batchDeleteImage,
  BatchGetImage: batchGetImage,
  CompleteLayerUpload: completeLayerUpload,
  CreateRepository: createRepository,
  DeleteLifecyclePolicy: deleteLifecyclePolicy,
  DeleteRepositoryPolicy: deleteRepositoryPolicy,
  DeleteRepository: deleteRepository,
  DescribeImageScanFindings: describeImageScanFindings,
  DescribeImages: describeImages,
  DescribeRegistry: describeRegistry,
  DescribeRepositories: describeRepositories,
  GetAuthorizationToken: getAuthorizationToken,
  GetDownloadUrlForLayer: getDownloadUrlForLayer,
  GetLifecyclePolicy: getLifecyclePolicy,
  GetRegistryPolicy: getRegistryPolicy,
  GetRepositoryPolicy: getRepositoryPolicy,
  InitiateLayerUpload: initiateLayerUpload,
  ListImages: listImages,
  ListTagsForResource: listTagsForResource,
  PutImageScanningConfiguration: putImageScanningConfiguration,
  PutImageTagMutability: putImageTagMutability,
  PutImage: putImage,
  PutLifecyclePolicy: putLifecyclePolicy,
  SetRepositoryPolicy: setRepositoryPolicy,
  TagResource: tagResource,
  UntagResource: untagResource,
  UploadLayerPart: uploadLayerPart,
};

/** ECR, its repositories empty or as they were when the store was last open. */
export function createEcr(context: ServiceContext): RunningService<"ecr", EcrState> & { readonly images: ImageSource } {
  const state = ecrState(context);
  return {
    service: { name: "ecr", operations, state },
    streamRoute: registryRoute(state),
    images: imageSource(state),
    async reset() {
      await state.uploads.cancelAll();
      state.layers.forgetPromises();
    },
  };
}

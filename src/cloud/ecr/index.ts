// ECR: its API, its registry below /v2/, and the images for Lambda.

import type { Operations } from "../protocol/operation.js";
import type { RunningService, ServiceContext } from "../service.js";
import type { ImageSource } from "../service-interfaces.js";
import { imageSource } from "./image-source.js";
import { batchCheckLayerAvailability } from "./operations/batch-check-layer-availability.js";
import { batchDeleteImage } from "./operations/batch-delete-image.js";
import { batchGetImage } from "./operations/batch-get-image.js";
import { completeLayerUpload } from "./operations/complete-layer-upload.js";
import { createRepository } from "./operations/create-repository.js";
import { deleteLifecyclePolicy } from "./operations/delete-lifecycle-policy.js";
import { deleteRepository } from "./operations/delete-repository.js";
import { deleteRepositoryPolicy } from "./operations/delete-repository-policy.js";
import { describeImageScanFindings } from "./operations/describe-image-scan-findings.js";
import { describeImages } from "./operations/describe-images.js";
import { describeRegistry } from "./operations/describe-registry.js";
import { describeRepositories } from "./operations/describe-repositories.js";
import { getAuthorizationToken } from "./operations/get-authorization-token.js";
import { getDownloadUrlForLayer } from "./operations/get-download-url-for-layer.js";
import { getLifecyclePolicy } from "./operations/get-lifecycle-policy.js";
import { getRegistryPolicy } from "./operations/get-registry-policy.js";
import { getRepositoryPolicy } from "./operations/get-repository-policy.js";
import { initiateLayerUpload } from "./operations/initiate-layer-upload.js";
import { listImages } from "./operations/list-images.js";
import { listTagsForResource } from "./operations/list-tags-for-resource.js";
import { putImage } from "./operations/put-image.js";
import { putImageScanningConfiguration } from "./operations/put-image-scanning-configuration.js";
import { putImageTagMutability } from "./operations/put-image-tag-mutability.js";
import { putLifecyclePolicy } from "./operations/put-lifecycle-policy.js";
import { setRepositoryPolicy } from "./operations/set-repository-policy.js";
import { tagResource } from "./operations/tag-resource.js";
import { untagResource } from "./operations/untag-resource.js";
import { uploadLayerPart } from "./operations/upload-layer-part.js";
import { registryRoute } from "./registry/route.js";
import { type EcrState, ecrState } from "./state.js";

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

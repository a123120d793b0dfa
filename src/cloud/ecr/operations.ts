// The operations of ECR that this cloud implements.

import type { Operations } from "../protocol/operation.js";
import { batchDeleteImage } from "./operations/batch-delete-image.js";
import { batchGetImage } from "./operations/batch-get-image.js";
import { describeImageScanFindings, describeImages } from "./operations/describe-images.js";
import { completeLayerUpload, initiateLayerUpload, uploadLayerPart } from "./operations/layer-upload.js";
import { batchCheckLayerAvailability, getDownloadUrlForLayer } from "./operations/layers.js";
import { deleteLifecyclePolicy, getLifecyclePolicy, putLifecyclePolicy } from "./operations/lifecycle-policy.js";
import { listImages } from "./operations/list-images.js";
import { putImage } from "./operations/put-image.js";
import { describeRegistry, getAuthorizationToken, getRegistryPolicy } from "./operations/registry.js";
import {
  createRepository,
  deleteRepository,
  describeRepositories,
  putImageScanningConfiguration,
} from "./operations/repositories.js";
import { deleteRepositoryPolicy, getRepositoryPolicy, setRepositoryPolicy } from "./operations/repository-policy.js";
import { listTagsForResource, tagResource, untagResource } from "./operations/resource-tags.js";
import { putImageTagMutability } from "./operations/tag-mutability.js";
import type { EcrState } from "./state.js";

export const operations: Operations<"ecr", EcrState> = {
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

// The public interface of image: OCI images without a daemon.

export { baseWithoutNode } from "./base-without-node.js";
export { type Blob, bytesBlob, fileBlob, readBlob, verified } from "./blob.js";
export { type Digest, digestOf, Hasher, hexOf, isDigest, parseDigest } from "./digest.js";
export {
  type Index,
  indexOf,
  type Json,
  type Manifest as ImageManifest,
  manifestOf,
  object as jsonObject,
  type Platform,
  parseConfig,
  type RunConfig,
  splitAssignment,
} from "./documents.js";
export { ImageError } from "./errors.js";
export {
  type Base,
  baseOf,
  buildFunctionImage,
  bundleLayer,
  chainFileName,
  functionLabel,
  modelFileNames,
  modelLayer,
} from "./function-image.js";
export { functionRootMismatch, type UnpackedImage, unpackFunction } from "./function-root.js";
export { nodeBase } from "./host-base/node-base.js";
export { type PythonInstallation, pythonBase } from "./host-base/python-base.js";
export { blobsOf, configOf, type Image, type Layer } from "./image.js";
export { checkLambdaImage } from "./lambda-image.js";
export { looksLikeImage, readImage } from "./layout/read-image.js";
export { writeArchive } from "./layout/write-archive.js";
export { writeLayout } from "./layout/write-layout.js";
export * from "./media-types.js";
export { onnxLayer } from "./onnx-layer.js";
export { formatPlatform, parsePlatform } from "./platform.js";
export { codeFiles } from "./python/code-files.js";
export { codeLayers } from "./python/code-layers.js";
export { bytecodeLayer, packageLayer } from "./python/package-layer.js";
export {
  buildPythonImage,
  dependencyDirectory,
  type PythonBase,
  pythonBaseOf,
  runtimeDirectory,
} from "./python/python-image.js";
export { formatReference, isExplicitReference, parseReference, type Reference } from "./reference.js";
export type { Credentials } from "./registry/auth.js";
export { dockerCredentials } from "./registry/docker-config.js";
export { pullImage } from "./registry/pull.js";
export { pushImage } from "./registry/push.js";
export { Repository } from "./registry/repository.js";
export { unpackLayer } from "./unpack/unpack-layer.js";

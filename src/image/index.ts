// The door of image: OCI images without a daemon.

export { type Blob, bytesBlob, type Descriptor, fileBlob, readBlob, verified } from "./blob.js";
export { type Digest, digestOf, Hasher, hexOf, isDigest, parseDigest } from "./digest.js";
export * from "./media-types.js";
export { formatReference, parseReference, type Reference } from "./reference.js";
export { type Unpacked, type UnpackLimits, unpackLayer, unpackLimits } from "./unpack/unpack-layer.js";

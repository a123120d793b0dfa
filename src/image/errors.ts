// The error codes of this room: what happened and what to do. docs/errors.md is generated from these tables.

import { type ErrorCodeTable, errorClass } from "../base/index.js";

export const imageErrorCodes = {
  "image-digest-invalid": {
    meaning: "A text is not a SHA-256 digest.",
    remedy: "Write it as sha256: and 64 hex digits in lower case.",
  },
  "image-digest-mismatch": {
    meaning: "Bytes are not the ones that their digest or size announces.",
    remedy: "They were damaged or changed on the way; fetch or build the image again.",
  },
  "image-reference-invalid": {
    meaning: "A text does not name an image.",
    remedy: "Write REGISTRY/REPOSITORY:TAG, for example localhost:4566/iris:v1.",
  },
  "image-media-type": {
    meaning: "A part of an image has a type that is not read here.",
    remedy: "Build the image as an OCI or Docker schema 2 image.",
  },
  "image-document-too-large": {
    meaning: "A manifest, config or index is larger than any registry takes.",
    remedy: "Check where the image comes from.",
  },
  "image-document-invalid": {
    meaning: "A manifest, config or index does not have the form that its specification asks for.",
    remedy: "Build or pull the image again.",
  },
  "image-tar-invalid": {
    meaning: "A tar file does not have tar's form.",
    remedy: "Build or pull the image again.",
  },
  "image-tar-unsupported": {
    meaning: "A tar file uses a feature that no image layer needs.",
    remedy: "Build the image again with an OCI or Docker tool.",
  },
  "image-tar-cut-short": {
    meaning: "A tar file ends inside an entry.",
    remedy: "Build, pull or copy it again.",
  },
  "image-layer-corrupt": {
    meaning: "A layer's compressed data is damaged.",
    remedy: "Build, pull or copy the image again.",
  },
  "image-compression-unsupported": {
    meaning: "A layer is compressed in a way that this Node cannot read.",
    remedy: "Push the image again with gzip layers.",
  },
  "image-path-unsafe": {
    meaning: "A layer has a path that would lead out of the root file system, or that no file can have.",
    remedy: "Do not trust this image.",
  },
  "image-base-system": {
    meaning: "The base image is made from this machine's Node, which only runs in a Linux image on Linux.",
    remedy: "Give a base image with Node in it, for example --base public.ecr.aws/docker/library/node:22-slim.",
  },
  "image-base-elf": {
    meaning: "This machine's Node, or a library of it, is not a program that a Linux image on Lambda could run.",
    remedy: "Give a base image with Node in it, for example --base public.ecr.aws/docker/library/node:22-slim.",
  },
  "image-base-library": {
    meaning: "A library that this machine's Node links was not found in the folders that the loader searches.",
    remedy: "Install it, or give a base image with --base; LD_LIBRARY_PATH is not followed.",
  },
  "image-unreadable": {
    meaning: "A file or folder is not an image, or parts of the image are missing from it.",
    remedy: "Give an OCI layout folder, or a tar file written by tepal build, docker save or skopeo copy.",
  },
  "image-ambiguous": {
    meaning: "A file or folder holds several images, or none of the name that was given.",
    remedy: "Give the tag of the image that is meant.",
  },
  "image-platform": {
    meaning: "An image is not for the operating system or processor that is wanted.",
    remedy: "Name an image that is, or build for its platform with --platform.",
  },
  "registry-unreachable": {
    meaning: "A registry gave no answer.",
    remedy: "Check its address and the network; a local registry has to be running.",
  },
  "registry-unauthorized": {
    meaning: "A registry does not let this caller do this.",
    remedy: "Sign in with credentials that may push to, or pull from, the repository.",
  },
  "registry-refused": {
    meaning: "A registry answered a request in another way than the distribution specification allows for success.",
    remedy: "Read the registry's words in the message; the repository may not exist.",
  },
  "registry-not-found": {
    meaning: "A registry does not have the image.",
    remedy: "Check the repository's name and the tag.",
  },
  "registry-answer-invalid": {
    meaning: "A registry's answer breaks the distribution specification or could not be trusted.",
    remedy: "Check that the address is a registry's and not a web page's.",
  },
  "image-unpack-failed": {
    meaning: "The files of a layer could not be written.",
    remedy: "Read the system's words in the message: free disk space, or check the folder's permissions.",
  },
  "image-limit": {
    meaning: "An image is larger than what is unpacked here.",
    remedy: "Make the image smaller; Lambda takes at most 10 GB.",
  },
  "image-onnx-runtime-missing": {
    meaning:
      "The package onnxruntime-node, or its binary for the image's platform, is not installed, so an image of an ONNX model cannot be built.",
    remedy: "Install it beside Tepal: ONNXRUNTIME_NODE_INSTALL_CUDA=skip npm install onnxruntime-node.",
  },
} satisfies ErrorCodeTable;

/** An error that the user can act on, with a code of the table above. */
export class ImageError extends errorClass(imageErrorCodes) {}

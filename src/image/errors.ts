// The error codes of this room: what happened and what to do. docs/errors.md is generated from these tables.

import { type ErrorCodeTable, errorClass } from "../base/index.js";

export const imageErrorCodes = {
  "image-digest-invalid": {
    meaning: "A string is not a SHA-256 digest.",
    remedy: "Write it as sha256: and 64 hex digits in lower case.",
  },
  "image-digest-mismatch": {
    meaning: "Content does not match its digest or size.",
    remedy: "It was damaged or changed; pull or build the image again.",
  },
  "image-reference-invalid": {
    meaning: "A string is not an image reference.",
    remedy: "Write REGISTRY/REPOSITORY:TAG, for example localhost:4566/iris:v1.",
  },
  "image-media-type": {
    meaning: "A part of an image has an unsupported media type.",
    remedy: "Build the image as an OCI or Docker schema 2 image.",
  },
  "image-document-too-large": {
    meaning: "A manifest, config or index is larger than registries accept.",
    remedy: "Check the source of the image.",
  },
  "image-document-invalid": {
    meaning: "A manifest, config or index does not follow its specification.",
    remedy: "Build or pull the image again.",
  },
  "image-tar-invalid": {
    meaning: "A tar file is invalid.",
    remedy: "Build or pull the image again.",
  },
  "image-tar-unsupported": {
    meaning: "A tar file uses an unsupported feature.",
    remedy: "Build the image again with an OCI or Docker tool.",
  },
  "image-tar-cut-short": {
    meaning: "A tar file ends inside an entry.",
    remedy: "Build, pull or copy the image again.",
  },
  "image-layer-corrupt": {
    meaning: "A layer's compressed data is damaged.",
    remedy: "Build, pull or copy the image again.",
  },
  "image-compression-unsupported": {
    meaning: "This version of Node cannot decompress the layer.",
    remedy: "Push the image again with gzip layers.",
  },
  "image-path-unsafe": {
    meaning: "A layer has a path outside of the root file system, or an invalid path.",
    remedy: "Do not trust this image.",
  },
  "image-base-system": {
    meaning: "A base of this machine's Node or Python needs a Linux program.",
    remedy:
      "Pass a base image with --base: for a model, public.ecr.aws/docker/library/node:22-slim; for Python code, public.ecr.aws/lambda/python:3.12.",
  },
  "image-base-elf": {
    meaning: "This machine's Node or Python, or one of its libraries, cannot run in a Linux image on Lambda.",
    remedy:
      "Pass a base image with --base: for a model, public.ecr.aws/docker/library/node:22-slim; for Python code, public.ecr.aws/lambda/python:3.12.",
  },
  "image-base-library": {
    meaning: "A library of this machine's Node or Python was not found in the directories that the loader searches.",
    remedy: "Install it, or pass a base image with --base; LD_LIBRARY_PATH is not used.",
  },
  "image-unreadable": {
    meaning: "A file or directory is not an image, or parts of the image are missing.",
    remedy: "Pass an OCI layout directory, or a tar file of tepal build, docker save or skopeo copy.",
  },
  "image-ambiguous": {
    meaning: "A file or directory contains several images, or none with the given name.",
    remedy: "Pass the tag of the image.",
  },
  "image-platform": {
    meaning: "An image is for another operating system or architecture.",
    remedy: "Use an image for the platform, or build for another platform with --platform.",
  },
  "image-not-runnable": {
    meaning: "An image cannot run: it has no program to start, or this machine or Lambda does not support it.",
    remedy: "Read the reason in the message, and build the image again.",
  },
  "registry-unreachable": {
    meaning: "A registry did not respond.",
    remedy: "Check its address and the network. A local registry must be running.",
  },
  "registry-unauthorized": {
    meaning: "A registry denied access.",
    remedy: "Log in with credentials that are allowed to push to, or pull from, the repository.",
  },
  "registry-error": {
    meaning: "A registry returned an error.",
    remedy: "Read the registry's message, and check that the repository exists.",
  },
  "registry-not-found": {
    meaning: "A registry does not have the image.",
    remedy: "Check the repository's name and the tag.",
  },
  "registry-response-invalid": {
    meaning: "A registry's response violates the distribution specification or is not trustworthy.",
    remedy: "Check that the address is that of a registry.",
  },
  "image-unpack-failed": {
    meaning: "The files of a layer could not be written.",
    remedy: "Read the system's error in the message; free disk space, or check the directory's permissions.",
  },
  "image-limit": {
    meaning: "An image exceeds the limits for unpacking.",
    remedy: "Make the image smaller; Lambda's limit is 10 GB.",
  },
  "image-file-changed": {
    meaning: "A file changed while it was written into a layer.",
    remedy: "Build again when no other program writes to the file.",
  },
  "image-code-file": {
    meaning: "A file of a code directory cannot be in an image.",
    remedy: "Copy the file into the directory, or exclude it with a line in .tepalignore.",
  },
  "image-code-limit": {
    meaning: "A code directory or its packages are too large for an image.",
    remedy: "Pass the directory of the function alone, or exclude data with .tepalignore.",
  },
  "image-onnx-runtime-missing": {
    meaning:
      "The package onnxruntime-node, or its binary for the image's platform, is not installed, so images of ONNX models cannot be built.",
    remedy: "Install it next to Tepal: ONNXRUNTIME_NODE_INSTALL_CUDA=skip npm install onnxruntime-node.",
  },
} satisfies ErrorCodeTable;

/** An error that the user can act on, with a code of the table above. */
export class ImageError extends errorClass(imageErrorCodes) {}

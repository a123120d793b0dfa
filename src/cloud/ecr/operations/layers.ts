import type { Layer, LayerFailure } from "@aws-sdk/client-ecr";
import { isDigest } from "../../../image/index.js";
import type { Handler } from "../../protocol/operation.js";
import { requireRepository } from "../content/repositories.js";
import { invalidParameter, layerNotFound } from "../errors.js";
import { repositoryIdOf } from "../names.js";
import type { EcrState } from "../state.js";
import { downloadLifetimeMs } from "../tokens.js";

/** Digests of one request (the shape `BatchedOperationLayerDigestList` of ECR's service model). */
const layerDigestsMax = 100;

export const batchCheckLayerAvailability: Handler<"ecr", "BatchCheckLayerAvailability", EcrState> = (
  input,
  state,
  call,
) => {
  const repositoryId = repositoryIdOf(input, call);
  requireRepository(state, repositoryId);
  const digests = input.layerDigests ?? [];
  if (digests.length < 1 || digests.length > layerDigestsMax) {
    throw invalidParameter(
      "layerDigests",
      `must have between 1 and ${layerDigestsMax} members, found ${digests.length}`,
    );
  }
  const failures = digests
    .filter((layerDigest) => !isDigest(layerDigest))
    .map(
      (layerDigest): LayerFailure => ({
        layerDigest,
        failureCode: "InvalidLayerDigest",
        failureReason:
          "Invalid request parameters: layer digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'",
      }),
    );
  const layers = digests.filter(isDigest).map((layerDigest): Layer => {
    const layerSize = state.layers.announce(repositoryId, layerDigest);
    if (layerSize === undefined) return { layerDigest, layerAvailability: "UNAVAILABLE" };
    return { layerDigest, layerAvailability: "AVAILABLE", layerSize };
  });
  return { layers, failures };
};

/** A URL that gives access to this layer without further authorization, like a presigned URL of S3. */
export const getDownloadUrlForLayer: Handler<"ecr", "GetDownloadUrlForLayer", EcrState> = (input, state, call) => {
  const repositoryId = repositoryIdOf(input, call);
  requireRepository(state, repositoryId);
  const layerDigest = input.layerDigest ?? "";
  if (state.layers.size(repositoryId, layerDigest) === undefined) throw layerNotFound(repositoryId, layerDigest);
  const { token } = state.tokens.issue(repositoryId, downloadLifetimeMs, `${repositoryId.name}@${layerDigest}`);
  return {
    layerDigest,
    downloadUrl: `http://${state.publicHost()}/v2/${repositoryId.name}/blobs/${layerDigest}?token=${token}`,
  };
};

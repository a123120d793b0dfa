import type { Handler } from "../../protocol/operation.js";
import { findRepository } from "../content/repositories.js";
import { layerNotFound } from "../errors.js";
import { repositoryPlace } from "../names.js";
import type { EcrState } from "../state.js";
import { downloadLifetimeMs } from "../tokens.js";

/** An address that opens this one layer without further authorization, as S3's presigned ones do. */
export const getDownloadUrlForLayer: Handler<"ecr", "GetDownloadUrlForLayer", EcrState> = (input, state, call) => {
  const place = repositoryPlace(input, call);
  findRepository(state, place);
  const layerDigest = input.layerDigest ?? "";
  if (state.layers.size(place, layerDigest) === undefined) throw layerNotFound(place, layerDigest);
  const { token } = state.tokens.issue(place, downloadLifetimeMs, `${place.name}@${layerDigest}`);
  return {
    layerDigest,
    downloadUrl: `http://${state.publicHost()}/v2/${place.name}/blobs/${layerDigest}?token=${token}`,
  };
};

import type { Handler } from "../../protocol/operation.js";
import { changeRepository } from "../content/repositories.js";
import { repositoryPlace } from "../names.js";
import type { EcrState } from "../state.js";

/** The setting is remembered and shown; nothing here scans images. */
export const putImageScanningConfiguration: Handler<"ecr", "PutImageScanningConfiguration", EcrState> = (
  input,
  state,
  call,
) => {
  const place = repositoryPlace(input, call);
  const { scanOnPush } = changeRepository(state, place, {
    scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? false,
  });
  return { registryId: place.account, repositoryName: place.name, imageScanningConfiguration: { scanOnPush } };
};

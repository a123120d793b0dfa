// ECR: its API, its registry below /v2/, and the images of Lambda functions.

import type { RunningService, ServiceContext } from "../service.js";
import type { ImageSource } from "../service-interfaces.js";
import { imageSource } from "./image-source.js";
import { operations } from "./operations.js";
import { registryRoute } from "./registry/registry-route.js";
import { type EcrState, ecrState } from "./state.js";

export function createEcr(context: ServiceContext): RunningService<"ecr", EcrState> & { readonly images: ImageSource } {
  const state = ecrState(context);
  return {
    service: { name: "ecr", operations, state },
    streamRoute: registryRoute(state),
    images: imageSource(state),
    async reset() {
      await state.uploads.cancelAll();
      state.layers.clearAnnouncements();
    },
  };
}

import type { JsonObject } from "../json.js";
import { direct } from "./direct.js";
import { httpApi } from "./http-api.js";
import { mapped } from "./mapped.js";
import { restProxy } from "./rest-proxy.js";
import type { EventShape } from "./shape.js";

/** The first that matches is taken; `direct` matches everything. */
const shapes: readonly EventShape[] = [httpApi, restProxy, mapped, direct];

export function shapeOf(event: JsonObject): EventShape {
  return shapes.find((shape) => shape.matches(event)) ?? direct;
}

import { basename } from "node:path";
import type { Base } from "./function-image.js";
import { configOf, type Image } from "./image.js";

/**
 * An image as the base of function images. Its Node is the program of its entry point if that is `node` (as in
 * distroless images), else the one in its PATH.
 */
export async function baseOf(image: Image): Promise<Base> {
  const { created: _created, ...config } = await configOf(image);
  const program = config.config.Entrypoint?.[0] ?? "";
  return { ...config, layers: image.layers, node: basename(program) === "node" ? program : "node" };
}

import type { Model } from "../core/model.js";
import { modelOf, readContent } from "../formats/read-model.js";
import { isContainer } from "./members.js";

/** The file in messages: the caller has only its bytes. */
const unnamed = "FILE";

/**
 * Reads a model file, by the rules of a chain of this file alone. The code of chains is loaded for a file with several
 * objects: most functions have a plain model.
 * @throws ModelError as `readContent`; "estimator-..." for objects that are not one model
 */
export async function readModel(bytes: Uint8Array): Promise<Model> {
  const content = await readContent(bytes);
  if ("signature" in content || !isContainer(content.value)) return modelOf(content);
  return (await import("./read-chain.js")).readObjects(unnamed, content);
}

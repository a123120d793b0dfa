import type { Handler } from "../../protocol/operation.js";
import { imagesOf, tagsOf } from "../content/images.js";
import { describe, findRepository } from "../content/repositories.js";
import { repositoryNotEmpty } from "../errors.js";
import { keyOf, repositoryPlace } from "../names.js";
import type { EcrState } from "../state.js";

export const deleteRepository: Handler<"ecr", "DeleteRepository", EcrState> = (input, state, call) => {
  const place = repositoryPlace(input, call);
  const repository = findRepository(state, place);
  const images = imagesOf(state, place);
  if (images.length > 0 && !input.force) throw repositoryNotEmpty(place);
  const key = keyOf(place);
  state.store.write(() => {
    for (const { tag } of tagsOf(state, place)) state.tags.remove([...key, tag]);
    for (const { digest } of images) state.images.remove([...key, digest]);
    state.repositories.remove(key);
  });
  state.layers.dropAll(place);
  return { repository: describe(state, place, repository) };
};

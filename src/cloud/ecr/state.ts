// The state that the operations of ECR and the registry work on.

import type { Clock } from "../../base/index.js";
import type { ServiceContext } from "../service.js";
import type { Collection, Store } from "../store/store.js";
import type { ImageDocument, TagDocument } from "./content/images.js";
import { Layers } from "./content/layers.js";
import type { RepositoryDocument } from "./content/repositories.js";
import { Uploads } from "./content/uploads.js";
import { Tokens } from "./tokens.js";

export interface EcrState {
  readonly store: Store;
  readonly clock: Clock;
  readonly publicHost: () => string;
  /** [account, region, repository] */
  readonly repositories: Collection<RepositoryDocument>;
  /** [account, region, repository, digest] */
  readonly images: Collection<ImageDocument>;
  /** [account, region, repository, tag] */
  readonly tags: Collection<TagDocument>;
  readonly layers: Layers;
  readonly uploads: Uploads;
  readonly tokens: Tokens;
}

export const ecrState = ({ store, clock, publicHost, random }: ServiceContext): EcrState => ({
  store,
  clock,
  publicHost,
  repositories: store.collection("ecr-repositories"),
  images: store.collection("ecr-images"),
  tags: store.collection("ecr-tags"),
  layers: new Layers(store, clock),
  uploads: new Uploads(store.blobs.uploadDir, clock, random),
  tokens: new Tokens(store, clock, random),
});

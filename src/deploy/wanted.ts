import type { Names } from "./names.js";
import type { Api } from "./openapi/document.js";
import type { Push } from "./push.js";
import type { Spec } from "./spec.js";

/** An image to deploy, as far as AWS's APIs see it; `push` sends it. */
export interface WantedImage {
  /** `sha256:...` of the manifest. */
  readonly digest: string;
  readonly architecture: "x86_64" | "arm64";
  readonly push: Push;
}

/** Everything that a deployment should be. */
export interface Wanted {
  readonly spec: Spec;
  readonly names: Names;
  readonly image: WantedImage;
  readonly api: Api;
  /** The first 12 hex digits of the digest of `api`: told by the function's description and by the API's deployment. */
  readonly apiDigest: string;
  /** The function's description, for people; it ends with `apiDigest`, so that a version knows the API it belongs to. */
  readonly description: string;
}

// The state that Lambda's operations use.

import type { Clock } from "../../base/index.js";
import type { AccountRegion, ImageSource, Roles } from "../service-interfaces.js";
import type { Store } from "../store/store.js";
import type { Collections, VersionDocument } from "./function/documents.js";
import type { FunctionId } from "./function/function-name.js";
import type { AsyncInvokeQueue } from "./invocation/async-invoke-queue.js";
import type { Invoker } from "./invocation/invoker.js";
import type { VersionActivator } from "./invocation/version-activator.js";

export interface LambdaState extends Collections {
  readonly store: Store;
  readonly clock: Clock;
  readonly images: ImageSource;
  readonly roles: Roles;
  /** A random UUID: revision ids, request ids. */
  readonly newId: () => string;
  /** Starts an environment for an active version before it is invoked. */
  readonly warm: (version: VersionDocument, accountRegion: AccountRegion) => void;
  /** Ends the environments of a deleted version or function, and removes the code that only they used. */
  readonly drop: (accountRegion: FunctionId, version?: string) => void;
  readonly activator: VersionActivator;
  readonly invoker: Invoker;
  readonly asyncInvokes: AsyncInvokeQueue;
}

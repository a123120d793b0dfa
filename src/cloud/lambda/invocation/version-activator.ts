// Brings versions from Pending to Active: prepares their code, and starts a first environment.

import type { Log } from "../../../base/index.js";
import type { AccountRegion } from "../../service-interfaces.js";
import type { Store } from "../../store/store.js";
import type { CodePreparer } from "../code/code-preparer.js";
import type { Collections, VersionDocument } from "../function/documents.js";
import { type FunctionId, latest } from "../function/function-name.js";
import { keyOf, versionsOf } from "../function/lookup.js";
import type { EnvironmentManager } from "./environment-manager.js";

interface VersionActivatorHost extends Collections {
  readonly store: Store;
  readonly codes: CodePreparer;
  readonly environments: EnvironmentManager;
  readonly log: Log;
}

/** Environments that are started together with the cloud: each takes about 100 ms of a processor and 40 MB. */
const warmMax = 8;

export class VersionActivator {
  readonly #host: VersionActivatorHost;
  readonly #underWay = new Map<string, Promise<void>>();
  #closed = false;

  constructor(host: VersionActivatorHost) {
    this.#host = host;
  }

  /** Starts preparing every version of the function that is not active, after the caller has sent its response. */
  begin(functionId: FunctionId): void {
    const key = keyOf(functionId).join("/");
    const before = this.#underWay.get(key) ?? Promise.resolve();
    const work = before
      .then(() => new Promise((resolve) => setImmediate(resolve)))
      .then(() => this.#prepareAll(functionId))
      .catch((error: unknown) => this.#host.log.warn(`${functionId.name} could not be activated: ${String(error)}`))
      .finally(() => {
        if (this.#underWay.get(key) === work) this.#underWay.delete(key);
      });
    this.#underWay.set(key, work);
  }

  /** Resumes activations that the end of the cloud interrupted. */
  resume(): void {
    const unready = this.#host.versions
      .list([])
      .filter(({ document: { state, update } }) => state.status === "Pending" || update?.status === "InProgress");
    const functionIds = new Map(
      unready.map(({ key: [account = "", region = "", name = ""] }) => [
        `${account}/${region}/${name}`,
        { account, region, name },
      ]),
    );
    for (const functionId of functionIds.values()) this.begin(functionId);
  }

  /** Remembers whether a version's environments start, also for the next cloud on this store. */
  noteInit({ name, version, revisionId }: VersionDocument, accountRegion: AccountRegion, succeeded: boolean): void {
    const { failedStarts, versions } = this.#host;
    const key = keyOf({ ...accountRegion, name }, version);
    const noted = failedStarts.get(key);
    if (succeeded) {
      if (noted) failedStarts.remove(key);
      return;
    }
    // A version that was changed or deleted meanwhile may start.
    if (noted?.revisionId !== revisionId && versions.get(key)?.revisionId === revisionId) {
      failedStarts.put(key, { revisionId });
    }
  }

  /**
   * Starts an environment ahead for a version that is ready, unless its last start failed: then only an invocation may
   * try again.
   */
  warm(version: VersionDocument, accountRegion: AccountRegion): void {
    if (version.state.status !== "Active") return;
    const failed = this.#host.failedStarts.get(keyOf({ ...accountRegion, name: version.name }, version.version));
    if (failed?.revisionId === version.revisionId) return;
    this.#startAhead(version, accountRegion).catch((error: unknown) =>
      this.#host.log.warn(`${version.name} has no environment: ${String(error)}`),
    );
  }

  async #startAhead(version: VersionDocument, accountRegion: AccountRegion): Promise<void> {
    const code = await this.#host.codes.prepare(version, accountRegion);
    await this.#host.environments.ready();
    if (this.#closed) return;
    const present = this.#host.versions.get(keyOf({ ...accountRegion, name: version.name }, version.version));
    // Changed or deleted in the meantime: that operation starts its own environment.
    if (present?.revisionId !== version.revisionId) return;
    (await this.#host.environments.use(version, accountRegion, code)).pool?.startAhead();
  }

  /**
   * Starts environments for the versions that are most likely to be invoked first: those with an alias, or else
   * $LATEST.
   */
  warmLatest(): void {
    const { functions, versions, aliases } = this.#host;
    const candidates = functions.list([]).flatMap(({ key }) => {
      const named = new Set(aliases.list(key).map(({ document }) => document.version));
      const found = versions.list(key).map(({ document }) => document);
      return found
        .filter(({ version }) => (named.size > 0 ? named.has(version) : version === latest))
        .map((version) => ({ version, accountRegion: { account: key[0]!, region: key[1]! } }));
    });
    candidates.sort((a, b) => b.version.lastModifiedMs - a.version.lastModifiedMs);
    for (const { version, accountRegion } of candidates.slice(0, warmMax)) this.warm(version, accountRegion);
  }

  /** Removes unpacked code that no function uses. */
  sweep(): void {
    if (this.#underWay.size > 0 || this.#closed) return;
    const { versions, codes, log } = this.#host;
    codes
      .keepOnly(versions.list([]).map(({ document }) => document.code))
      .catch((error: unknown) => log.warn(`Unpacked code could not be removed: ${String(error)}`));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#underWay.values());
  }

  async #prepareAll(functionId: FunctionId): Promise<void> {
    for (const version of versionsOf(this.#host, functionId)) {
      if (this.#closed) return;
      if (version.state.status !== "Pending" && version.update?.status !== "InProgress") continue;
      let fault: string | undefined;
      try {
        await this.#host.codes.prepare(version, functionId);
      } catch (error) {
        fault = error instanceof Error ? error.message : String(error);
      }
      this.#settle(functionId, version, fault);
    }
  }

  #settle(functionId: FunctionId, prepared: VersionDocument, fault: string | undefined): void {
    const { versions, store } = this.#host;
    const key = keyOf(functionId, prepared.version);
    const ready = store.write(() => {
      const present = versions.get(key);
      // Changed or deleted in the meantime: that operation has started its own preparation.
      if (!present || this.#closed || present.revisionId !== prepared.revisionId) return undefined;
      const settled = fault === undefined ? succeeded(present) : failed(present, fault);
      versions.put(key, settled);
      return fault === undefined ? settled : undefined;
    });
    if (ready) this.warm(ready, functionId);
  }
}

function succeeded({ update, ...version }: VersionDocument): VersionDocument {
  return { ...version, state: { status: "Active" }, ...(update && { update: { status: "Successful" as const } }) };
}

/** After a failed creation the version is Failed; after a failed update it has its earlier code and settings. */
function failed(version: VersionDocument, reason: string): VersionDocument {
  const { update } = version;
  if (!update?.before) return { ...version, state: { status: "Failed", reason, reasonCode: "InvalidImage" } };
  return { ...version, ...update.before, update: { status: "Failed", reason, reasonCode: "InvalidImage" } };
}

// Brings versions from Pending to Active: prepares their code, and starts a first environment.

import type { Log } from "../../../base/index.js";
import type { Place } from "../../service-interfaces.js";
import type { Store } from "../../store/store.js";
import type { CodePreparer } from "../code/code-preparer.js";
import type { Collections, VersionDocument } from "../function/documents.js";
import { latest } from "../function/function-name.js";
import { keyOf, versionsOf } from "../function/lookup.js";
import type { EnvironmentManager } from "./environment-manager.js";

export interface VersionActivatorHost extends Collections {
  readonly store: Store;
  readonly codes: CodePreparer;
  readonly environments: EnvironmentManager;
  readonly log: Log;
}

/** Environments that are started together with the cloud: each takes about 100 ms of a processor and 40 MB. */
const warmMax = 8;

type FunctionPlace = Place & { readonly name: string };

export class VersionActivator {
  readonly #host: VersionActivatorHost;
  readonly #underWay = new Map<string, Promise<void>>();
  #closed = false;

  constructor(host: VersionActivatorHost) {
    this.#host = host;
  }

  /** Starts preparing every version of the function that is not active, after the caller has sent its response. */
  begin(place: FunctionPlace): void {
    const key = keyOf(place).join("/");
    const before = this.#underWay.get(key) ?? Promise.resolve();
    const work = before
      .then(() => new Promise((resolve) => setImmediate(resolve)))
      .then(() => this.#prepareAll(place))
      .catch((error: unknown) => this.#host.log.warn(`${place.name} could not be activated: ${String(error)}`))
      .finally(() => {
        if (this.#underWay.get(key) === work) this.#underWay.delete(key);
      });
    this.#underWay.set(key, work);
  }

  /** Resumes preparations that the end of the cloud interrupted. */
  resume(): void {
    const unready = this.#host.versions
      .list([])
      .filter(({ document: { state, update } }) => state.status === "Pending" || update?.status === "InProgress");
    const places = new Map(
      unready.map(({ key: [account = "", region = "", name = ""] }) => [
        `${account}/${region}/${name}`,
        { account, region, name },
      ]),
    );
    for (const place of places.values()) this.begin(place);
  }

  /** Remembers whether a version's environments start, also for the next cloud on this store. */
  noteInit({ name, version, revisionId }: VersionDocument, place: Place, succeeded: boolean): void {
    const { failedStarts, versions } = this.#host;
    const key = keyOf({ ...place, name }, version);
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

  /** Starts an environment ahead for a version that is ready, unless its last start failed: then only an invocation may try again. */
  warm(version: VersionDocument, place: Place): void {
    if (version.state.status !== "Active") return;
    const failed = this.#host.failedStarts.get(keyOf({ ...place, name: version.name }, version.version));
    if (failed?.revisionId === version.revisionId) return;
    this.#startAhead(version, place).catch((error: unknown) =>
      this.#host.log.warn(`${version.name} has no environment: ${String(error)}`),
    );
  }

  async #startAhead(version: VersionDocument, place: Place): Promise<void> {
    const code = await this.#host.codes.prepare(version, place);
    await this.#host.environments.ready();
    if (this.#closed) return;
    const present = this.#host.versions.get(keyOf({ ...place, name: version.name }, version.version));
    // Changed or deleted in the meantime: that operation starts its own environment.
    if (present?.revisionId !== version.revisionId) return;
    (await this.#host.environments.use(version, place, code)).pool?.startAhead();
  }

  /** Starts environments for the versions that are most likely to be invoked first: those with an alias, or else $LATEST. */
  warmLatest(): void {
    const { functions, versions, aliases } = this.#host;
    const candidates = functions.list([]).flatMap(({ key }) => {
      const named = new Set(aliases.list(key).map(({ document }) => document.version));
      const found = versions.list(key).map(({ document }) => document);
      return found
        .filter(({ version }) => (named.size > 0 ? named.has(version) : version === latest))
        .map((version) => ({ version, place: { account: key[0]!, region: key[1]! } }));
    });
    candidates.sort((a, b) => b.version.lastModifiedMs - a.version.lastModifiedMs);
    for (const { version, place } of candidates.slice(0, warmMax)) this.warm(version, place);
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

  async #prepareAll(place: FunctionPlace): Promise<void> {
    for (const version of versionsOf(this.#host, place)) {
      if (this.#closed) return;
      if (version.state.status !== "Pending" && version.update?.status !== "InProgress") continue;
      let fault: string | undefined;
      try {
        await this.#host.codes.prepare(version, place);
      } catch (error) {
        fault = error instanceof Error ? error.message : String(error);
      }
      this.#settle(place, version, fault);
    }
  }

  #settle(place: FunctionPlace, prepared: VersionDocument, fault: string | undefined): void {
    const { versions, store } = this.#host;
    const key = keyOf(place, prepared.version);
    const ready = store.write(() => {
      const present = versions.get(key);
      // Changed or deleted in the meantime: that operation has started its own preparation.
      if (!present || this.#closed || present.revisionId !== prepared.revisionId) return undefined;
      const settled = fault === undefined ? succeeded(present) : failed(present, fault);
      versions.put(key, settled);
      return fault === undefined ? settled : undefined;
    });
    if (ready) this.warm(ready, place);
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

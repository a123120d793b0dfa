// Every environment of this cloud: one pool for each version of a function that is in use, and what all pools share of the machine.

import type { Clock, Log } from "../../../base/index.js";
import type { LogSink, Place, Sessions } from "../../service-interfaces.js";
import type { PreparedCode, UnusableCode } from "../code/prepared-code.js";
import { Environment, type EnvironmentSpec, type Invocation, type Outcome } from "../environment/environment.js";
import { environmentVariables } from "../environment/environment-variables.js";
import { type Failure, failurePayload } from "../environment/failures.js";
import { LogStream } from "../environment/log-stream.js";
import { Pool } from "../environment/pool.js";
import { logGroupOf } from "../function/describe.js";
import type { VersionDocument } from "../function/documents.js";
import type { Sandbox } from "../sandbox/sandbox.js";

export interface EnvironmentManagerHost {
  readonly sandbox: Promise<Sandbox>;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: (bytes: number) => Uint8Array;
  readonly logs: LogSink;
  readonly sessions: Sessions;
  /** The cloud's own address. */
  readonly endpointUrl: () => string;
  /** Called after every start of an environment. */
  readonly onInit: (version: VersionDocument, place: Place, succeeded: boolean) => void;
  /** All environments of versions that have changed or gone have ended: what only they needed can be removed. */
  readonly onDrained: () => void;
}

/** Environments on this machine, idle ones included: each is a process of some 40 MB. */
const environmentsMax = 64;
/** How long an idle environment is kept beside another of its function, and how long the last one is. */
const extraIdleMs = 60_000;
const lastIdleMs = 15 * 60_000;
const retireEveryMs = 15_000;

interface Running {
  /** Which state of the version the pool was made from. */
  readonly revisionId: string;
  readonly run: (invocation: Invocation) => Promise<Outcome>;
  readonly pool: Pool | undefined;
}

export class EnvironmentManager {
  readonly #host: EnvironmentManagerHost;
  readonly #running = new Map<string, Running>();
  readonly #pools = new Set<Pool>();
  /** One for each environment, until nothing of it is left. */
  readonly #processes = new Map<Promise<void>, Pool>();
  #closed = false;
  /** Drains that have not ended. */
  #draining = 0;
  #sandbox: Sandbox | undefined;
  readonly #timer: NodeJS.Timeout;

  constructor(host: EnvironmentManagerHost) {
    this.#host = host;
    this.#timer = setInterval(() => this.#retireIdle(), retireEveryMs);
    this.#timer.unref();
  }

  /** Resolves when it is known how functions are kept apart here. */
  async ready(): Promise<Sandbox> {
    this.#sandbox ??= await this.#host.sandbox;
    return this.#sandbox;
  }

  /** What invokes a version: its pool, created when this is the first time or the version has changed. */
  async use(version: VersionDocument, place: Place, code: PreparedCode | UnusableCode): Promise<Running> {
    const sandbox = this.#sandbox ?? (await this.ready());
    const key = keyOf(place, version.name, version.version);
    const found = this.#running.get(key);
    if (found?.revisionId === version.revisionId) return found;
    const running = this.#create(version, place, code, sandbox);
    this.#running.set(key, running);
    if (found?.pool) this.#drain([found.pool]);
    return running;
  }

  /** What invokes a version at present, whatever has changed since. */
  current(place: Place, name: string, version: string): Running | undefined {
    return this.#running.get(keyOf(place, name, version));
  }

  /** Ends the environments of a version, or of all versions of a function; invocations under way are finished. */
  drop(place: Place, name: string, version?: string): void {
    const isMeant = (key: string) =>
      version === undefined ? key.startsWith(keyOf(place, name, "")) : key === keyOf(place, name, version);
    const pools: Pool[] = [];
    for (const [key, { pool }] of this.#running) {
      if (!isMeant(key)) continue;
      this.#running.delete(key);
      if (pool) pools.push(pool);
    }
    this.#drain(pools);
  }

  #drain(pools: readonly Pool[]): void {
    for (const pool of pools) pool.drain();
    const left = [...this.#processes].flatMap(([process, pool]) => (pools.includes(pool) ? [process] : []));
    this.#draining++;
    Promise.all(left).then(() => {
      for (const pool of pools) this.#pools.delete(pool);
      if (--this.#draining === 0) this.#host.onDrained();
    });
  }

  /** Ends every environment, and resolves when no process is left. */
  async clear(): Promise<void> {
    const reason = new Error("The cloud is being stopped or emptied");
    for (const pool of this.#pools) pool.close(reason);
    this.#pools.clear();
    this.#running.clear();
    await Promise.all(this.#processes.keys());
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.clear();
  }

  #create(version: VersionDocument, place: Place, code: PreparedCode | UnusableCode, sandbox: Sandbox): Running {
    const { revisionId } = version;
    if ("failure" in code) return { revisionId, pool: undefined, run: failing(code.failure) };
    const rejection = sandbox.rejects(code);
    if (rejection !== undefined) {
      const failure = { errorType: "Sandbox.NotSupported", errorMessage: rejection };
      return { revisionId, pool: undefined, run: failing(failure) };
    }
    const pool = new Pool(version.settings.Timeout ?? 0, {
      nowMs: () => this.#host.clock.elapsedMs(),
      create: (from, initTimeoutMs) => this.#start(version, place, code, sandbox, from, initTimeoutMs),
      onInit: (succeeded) => this.#host.onInit(version, place, succeeded),
    });
    this.#pools.add(pool);
    return { revisionId, pool, run: (invocation) => pool.invoke(invocation) };
  }

  #start(
    version: VersionDocument,
    place: Place,
    code: PreparedCode,
    sandbox: Sandbox,
    pool: Pool,
    initTimeoutMs: number,
  ): Environment | undefined {
    if (this.#closed || !this.#makeRoom()) return undefined;
    const { clock, random, logs } = this.#host;
    const stream = logStreamName(clock.nowMs(), version.version, random);
    const group = logGroupOf(version);
    const environment = new Environment(this.#specOf(version, place, code, { group, stream }), {
      id: sandboxId(random),
      sandbox,
      clock,
      log: new LogStream({ ...place, group, stream }, logs, () => clock.nowMs()),
      initTimeoutMs,
      onIdle: (idle) => pool.becameIdle(idle),
      onEnd: (ended, failure) => pool.ended(ended, failure),
    });
    const finished = environment.run().finally(() => this.#processes.delete(finished));
    this.#processes.set(finished, pool);
    return environment;
  }

  #specOf(
    version: VersionDocument,
    place: Place,
    code: PreparedCode,
    log: { readonly group: string; readonly stream: string },
  ): EnvironmentSpec {
    const { settings, name } = version;
    const memoryMb = settings.MemorySize ?? 0;
    const credentials = this.#host.sessions.issue(settings.Role ?? "", name);
    return {
      functionName: name,
      version: version.version,
      memoryMb,
      temporaryMb: settings.EphemeralStorageMb,
      timeoutSeconds: settings.Timeout ?? 0,
      code,
      variables: (runtimeApi) =>
        environmentVariables({
          functionName: name,
          version: version.version,
          memoryMb,
          region: place.region,
          logGroup: log.group,
          logStream: log.stream,
          runtimeApi,
          credentials,
          endpointUrl: this.#host.endpointUrl(),
          code,
        }),
    };
  }

  /** Whether one more environment may start; the one that has been idle for longest makes room for it. */
  #makeRoom(): boolean {
    if (this.#processes.size < environmentsMax) return true;
    const idle = [...this.#pools].flatMap(({ longestIdle }) => longestIdle ?? []);
    const oldest = idle.sort((a, b) => a.sinceMs - b.sinceMs)[0];
    oldest?.retire();
    return oldest !== undefined;
  }

  #retireIdle(): void {
    for (const pool of this.#pools) pool.retireIdle(extraIdleMs, lastIdleMs);
  }
}

/** A name that no other sandbox has. It begins with the process id, by which a later cloud tells what is left of an earlier one. */
export function sandboxId(random: (bytes: number) => Uint8Array): string {
  return `${process.pid}-${Buffer.from(random(8)).toString("hex")}`;
}

function keyOf({ account, region }: Place, name: string, version: string): string {
  return `${account}/${region}/${name}/${version}`;
}

/** Gives every invocation the same failure. */
function failing(failure: Failure): Running["run"] {
  return async ({ requestId }) => ({
    payload: failurePayload(failure, requestId),
    functionError: "Unhandled",
    logTail: "",
  });
}

/** `2026/11/22/[$LATEST]0123...` */
function logStreamName(nowMs: number, version: string, random: (bytes: number) => Uint8Array): string {
  const day = new Date(nowMs).toISOString().slice(0, 10).replaceAll("-", "/");
  return `${day}/[${version}]${Buffer.from(random(16)).toString("hex")}`;
}

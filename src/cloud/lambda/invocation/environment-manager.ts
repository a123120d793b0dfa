// All environments of this cloud: a pool for each version in use, within a limit for all of them.

import type { Clock, Log } from "../../../base/index.js";
import type { AccountRegion, LogSink, Sessions } from "../../service-interfaces.js";
import type { PreparedCode, UnusableCode } from "../code/prepared-code.js";
import { Environment, type EnvironmentSpec, type Invocation, type Outcome } from "../environment/environment.js";
import { environmentVariables } from "../environment/environment-variables.js";
import { type Failure, failurePayload } from "../environment/failures.js";
import { LogStream } from "../environment/log-stream.js";
import { Pool } from "../environment/pool.js";
import { logGroupOf } from "../function/describe.js";
import type { VersionDocument } from "../function/documents.js";
import type { Sandbox } from "../sandbox/sandbox.js";

interface EnvironmentManagerHost {
  readonly sandbox: Promise<Sandbox>;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: (bytes: number) => Uint8Array;
  readonly logs: LogSink;
  readonly sessions: Sessions;
  /** The cloud's address. */
  readonly endpointUrl: () => string;
  /** Called after every start of an environment. */
  readonly onInit: (version: VersionDocument, accountRegion: AccountRegion, succeeded: boolean) => void;
  /**
   * Called when all environments of changed and deleted versions have ended: code that only they used can be removed.
   */
  readonly onDrained: () => void;
}

/** Environments of this cloud, idle ones included: each is a process of about 40 MB. */
const environmentsMax = 64;
/** How long an environment stays idle: the last one of its version, and others. */
const extraIdleMs = 60_000;
const lastIdleMs = 15 * 60_000;
const retireEveryMs = 15_000;

interface Running {
  /** The revision of the version. */
  readonly revisionId: string;
  readonly run: (invocation: Invocation) => Promise<Outcome>;
  readonly pool: Pool | undefined;
}

export class EnvironmentManager {
  readonly #host: EnvironmentManagerHost;
  readonly #running = new Map<string, Running>();
  readonly #pools = new Set<Pool>();
  /** One for each environment, until all its processes have ended. */
  readonly #processes = new Map<Promise<void>, Pool>();
  #closed = false;
  /** Drains in progress. */
  #draining = 0;
  #sandbox: Sandbox | undefined;
  readonly #timer: NodeJS.Timeout;

  constructor(host: EnvironmentManagerHost) {
    this.#host = host;
    this.#timer = setInterval(() => this.#retireIdle(), retireEveryMs);
    this.#timer.unref();
  }

  /** Resolves when the sandbox has been chosen. */
  async ready(): Promise<Sandbox> {
    this.#sandbox ??= await this.#host.sandbox;
    return this.#sandbox;
  }

  /** Returns what runs a version: its pool, created for the first use or when the version has changed. */
  async use(
    version: VersionDocument,
    accountRegion: AccountRegion,
    code: PreparedCode | UnusableCode,
  ): Promise<Running> {
    const sandbox = this.#sandbox ?? (await this.ready());
    const key = keyOf(accountRegion, version.name, version.version);
    const found = this.#running.get(key);
    if (found?.revisionId === version.revisionId) return found;
    const running = this.#create(version, accountRegion, code, sandbox);
    this.#running.set(key, running);
    if (found?.pool) this.#drain([found.pool]);
    return running;
  }

  /** Returns what runs a version at present, even if the version has changed. */
  current(accountRegion: AccountRegion, name: string, version: string): Running | undefined {
    return this.#running.get(keyOf(accountRegion, name, version));
  }

  /** Ends the environments of a version, or of all versions of a function, after their invocations in progress. */
  drop(accountRegion: AccountRegion, name: string, version?: string): void {
    const isDropped = (key: string) =>
      version === undefined
        ? key.startsWith(keyOf(accountRegion, name, ""))
        : key === keyOf(accountRegion, name, version);
    const pools: Pool[] = [];
    for (const [key, { pool }] of this.#running) {
      if (!isDropped(key)) continue;
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

  /** Ends all environments, and resolves when no process is left. */
  async clear(): Promise<void> {
    const reason = new Error("The cloud is stopping or being reset");
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

  #create(
    version: VersionDocument,
    accountRegion: AccountRegion,
    code: PreparedCode | UnusableCode,
    sandbox: Sandbox,
  ): Running {
    const { revisionId } = version;
    if ("failure" in code) return { revisionId, pool: undefined, run: failing(code.failure) };
    const rejection = sandbox.rejects(code);
    if (rejection !== undefined) {
      const failure = { errorType: "Sandbox.NotSupported", errorMessage: rejection };
      return { revisionId, pool: undefined, run: failing(failure) };
    }
    const pool = new Pool(version.settings.Timeout ?? 0, {
      nowMs: () => this.#host.clock.elapsedMs(),
      create: (from, initTimeoutMs) => this.#start(version, accountRegion, code, sandbox, from, initTimeoutMs),
      onInit: (succeeded) => this.#host.onInit(version, accountRegion, succeeded),
    });
    this.#pools.add(pool);
    return { revisionId, pool, run: (invocation) => pool.invoke(invocation) };
  }

  #start(
    version: VersionDocument,
    accountRegion: AccountRegion,
    code: PreparedCode,
    sandbox: Sandbox,
    pool: Pool,
    initTimeoutMs: number,
  ): Environment | undefined {
    if (this.#closed || !this.#makeRoom()) return undefined;
    const { clock, random, logs } = this.#host;
    const stream = logStreamName(clock.nowMs(), version.version, random);
    const group = logGroupOf(version);
    const environment = new Environment(this.#specOf(version, accountRegion, code, { group, stream }), {
      id: sandboxId(random),
      sandbox,
      clock,
      log: new LogStream({ ...accountRegion, group, stream }, logs, () => clock.nowMs()),
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
    accountRegion: AccountRegion,
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
          region: accountRegion.region,
          logGroup: log.group,
          logStream: log.stream,
          runtimeApi,
          credentials,
          endpointUrl: this.#host.endpointUrl(),
          code,
        }),
    };
  }

  /** Whether another environment may start. The one that has been idle the longest is ended for it. */
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

/**
 * A unique name for an environment. It starts with the process id, by which a later cloud recognizes what a killed one
 * left behind.
 */
export function sandboxId(random: (bytes: number) => Uint8Array): string {
  return `${process.pid}-${Buffer.from(random(8)).toString("hex")}`;
}

function keyOf({ account, region }: AccountRegion, name: string, version: string): string {
  return `${account}/${region}/${name}/${version}`;
}

/** Fails every invocation in the same way. */
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

// An execution environment: a process in a sandbox, its Runtime API, and at most one invocation at a time.
//
//   starting --first /next--> idle --invoke--> busy --response--> responded --/next--> idle
// and from every state to "ended": the process ended, timed out, or was retired.

import type { Clock } from "../../../base/index.js";
import type { PreparedCode } from "../code/prepared-code.js";
import type { Exit, Sandbox, SandboxProcess } from "../sandbox/sandbox.js";
import {
  exitFailure,
  type Failure,
  failurePayload,
  reportLine,
  responseTooLargePayload,
  timeoutFailure,
} from "./failures.js";
import { Lines, type LogStream } from "./log-stream.js";
import { Polls } from "./polls.js";
import { type Poll, type PostedBody, RuntimeApi, responseBytesMax } from "./runtime-api.js";

/** The version of a function that an environment runs. */
export interface EnvironmentSpec {
  readonly functionName: string;
  readonly version: string;
  readonly memoryMb: number;
  readonly temporaryMb: number;
  readonly timeoutSeconds: number;
  readonly code: PreparedCode;
  /** The variables of the process, for the address of its Runtime API. */
  readonly variables: (runtimeApi: string) => Readonly<Record<string, string>>;
}

export interface Invocation {
  readonly requestId: string;
  readonly payload: Uint8Array;
  /** With the qualifier that the caller used. */
  readonly functionArn: string;
  readonly traceId: string;
  readonly clientContext?: string;
}

export interface Outcome {
  readonly payload: Uint8Array;
  readonly functionError?: string;
  readonly logTail: string;
}

/** Why an environment could not be started; `payload` returns the response of an invocation that waited for it. */
export interface InitFailure {
  readonly payload: (requestId: string) => Uint8Array;
}

interface EnvironmentHost {
  readonly id: string;
  readonly sandbox: Sandbox;
  readonly clock: Clock;
  readonly log: LogStream;
  /** Limit of the initialization. */
  readonly initTimeoutMs: number;
  onIdle(environment: Environment): void;
  /** Called once; with `failure` when the environment ended before it was ever idle. */
  onEnd(environment: Environment, failure: InitFailure | undefined): void;
}

interface Work {
  readonly invocation: Invocation;
  readonly startedMs: number;
  readonly timer: NodeJS.Timeout;
  readonly settle: (outcome: Outcome) => void;
  delivered: boolean;
}

export class Environment {
  readonly spec: EnvironmentSpec;
  readonly #host: EnvironmentHost;
  readonly #api: RuntimeApi;
  #state: "starting" | "idle" | "busy" | "responded" | "ended" = "starting";
  #process: SandboxProcess | undefined;
  readonly #polls = new Polls(() => this.#onPoll());
  #work: Work | undefined;
  #initStartedMs = 0;
  #initTimer: NodeJS.Timeout | undefined;
  /** Until the first REPORT line has shown it. */
  #initMs: number | undefined;
  /** When it last became idle, or busy. */
  sinceMs: number;

  constructor(spec: EnvironmentSpec, host: EnvironmentHost) {
    this.spec = spec;
    this.#host = host;
    this.sinceMs = host.clock.elapsedMs();
    this.#api = new RuntimeApi({
      onNext: (poll) => this.#onNext(poll),
      onResponse: (requestId, response) => this.#onResponse(requestId, response, undefined),
      onError: (requestId, error) => this.#onResponse(requestId, error, error.errorType ?? "Unhandled"),
      onInitError: (error) => this.#onInitError(error),
      onRegister: () => ({
        functionName: spec.functionName,
        functionVersion: spec.version,
        handler: spec.code.handler,
      }),
    });
  }

  /** Starts the process and reports its events to the host. Resolves when no process of the environment is left. */
  async run(): Promise<void> {
    const { spec } = this;
    const { clock, initTimeoutMs } = this.#host;
    this.#initStartedMs = clock.elapsedMs();
    try {
      const address = await this.#api.listen();
      if (this.#ended) return this.#api.close();
      this.#process = this.#host.sandbox.start({
        id: this.#host.id,
        ...spec.code,
        environment: spec.variables(address),
        memoryMb: spec.memoryMb,
        temporaryMb: spec.temporaryMb,
      });
    } catch (error) {
      // A fault of this machine and not of the function, such as no free sockets.
      return this.#end(this.#initFailed({ errorType: "Sandbox.Failure", errorMessage: String(error) }, "error"));
    }
    this.#initTimer = setTimeout(() => this.#onInitTimeout(), initTimeoutMs);
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      const lines = new Lines((line) => this.#host.log.write(line));
      stream.setEncoding("utf8");
      stream.on("data", (text: string) => lines.add(text));
      stream.on("end", () => lines.end());
    }
    this.#onExit(await this.#process.exited);
    // Not before: a process that loses its Runtime API would log that.
    this.#api.close();
    this.#host.log.flush();
  }

  /** Runs an invocation. The environment must be idle. */
  invoke(invocation: Invocation): Promise<Outcome> {
    const { clock, log } = this.#host;
    this.#state = "busy";
    const startedMs = clock.elapsedMs();
    this.sinceMs = startedMs;
    log.clearTail();
    log.write(`START RequestId: ${invocation.requestId} Version: ${this.spec.version}`);
    return new Promise((settle) => {
      const timer = setTimeout(() => this.#onTimeout(), this.spec.timeoutSeconds * 1000);
      this.#work = { invocation, startedMs, timer, settle, delivered: false };
      this.#tryDeliver();
    });
  }

  /** Ends the process. An invocation in progress fails. */
  retire(): void {
    if (this.#ended) return;
    this.#fail({ errorType: "Runtime.ExitError", errorMessage: "Runtime exited with error: signal: killed" }, "error");
    this.#end(undefined);
  }

  /** Whether it has responded and will be idle as soon as the runtime polls. */
  get isReturning(): boolean {
    return this.#state === "responded";
  }

  get #ended(): boolean {
    return this.#state === "ended";
  }

  #tryDeliver(): void {
    const work = this.#work;
    if (!work || work.delivered) return;
    const poll = this.#polls.take();
    if (!poll) return;
    work.delivered = true;
    this.#deliver(work, poll);
  }

  #deliver(work: Work, poll: Poll): void {
    const { requestId, functionArn, traceId, clientContext, payload } = work.invocation;
    const elapsedMs = this.#host.clock.elapsedMs() - work.startedMs;
    const deadlineMs = Math.floor(this.#host.clock.nowMs() - elapsedMs + this.spec.timeoutSeconds * 1000);
    poll.deliver({ requestId, deadlineMs, functionArn, traceId, clientContext, payload });
  }

  #onNext(poll: Poll): boolean {
    if (this.#ended) return false;
    const work = this.#state === "busy" && this.#work?.delivered ? this.#work : undefined;
    if (work && this.#polls.takesBack(poll)) {
      this.#deliver(work, poll);
      return true;
    }
    return this.#polls.add(poll, work !== undefined);
  }

  #onPoll(): void {
    if (this.#state === "starting") {
      clearTimeout(this.#initTimer);
      this.#initMs = this.#host.clock.elapsedMs() - this.#initStartedMs;
      this.#becomeIdle();
    } else if (this.#state === "busy") this.#tryDeliver();
    else if (this.#state === "responded" && !this.#work) this.#becomeIdle();
  }

  #becomeIdle(): void {
    this.#state = "idle";
    this.sinceMs = this.#host.clock.elapsedMs();
    this.#host.onIdle(this);
  }

  #onResponse(requestId: string, posted: PostedBody, errorType: string | undefined): boolean {
    const work = this.#work;
    if (this.#state !== "busy" || !work?.delivered || work.invocation.requestId !== requestId) return false;
    this.#state = "responded";
    this.#polls.responded();
    clearTimeout(work.timer);
    const durationMs = this.#host.clock.elapsedMs() - work.startedMs;
    // The function's output before its response is in the pipes by now; it is read in this turn of the event loop.
    setImmediate(() => {
      if (this.#work !== work) return;
      const tooLarge = posted.bodyBytes > responseBytesMax;
      const failed = tooLarge || errorType !== undefined;
      this.#finish(work, tooLarge ? responseTooLargePayload : posted.body, failed, durationMs);
      if (this.#state === "responded" && this.#polls.isReady) this.#becomeIdle();
    });
    return true;
  }

  /** Writes the END and REPORT lines, and resolves the invocation. */
  #finish(work: Work, payload: Uint8Array, failed: boolean, durationMs: number, status?: string): void {
    const { log } = this.#host;
    const { requestId } = work.invocation;
    this.#work = undefined;
    clearTimeout(work.timer);
    log.write(`END RequestId: ${requestId}`);
    const usedBytes = this.#process?.memoryUsedBytes() ?? 0;
    const { memoryMb } = this.spec;
    log.write(reportLine({ requestId, durationMs, initMs: this.#initMs, memoryMb, usedBytes, status }));
    this.#initMs = undefined;
    work.settle({ payload, functionError: failed ? "Unhandled" : undefined, logTail: log.tail() });
  }

  #onTimeout(): void {
    const { timeoutSeconds } = this.spec;
    const failure = timeoutFailure(timeoutSeconds);
    const time = new Date(this.#host.clock.nowMs()).toISOString();
    this.#host.log.write(`${time} ${this.#work?.invocation.requestId} ${failure.errorMessage}`);
    this.#fail(failure, "timeout", timeoutSeconds * 1000);
    this.#end(undefined);
  }

  #onExit(exit: Exit): void {
    if (this.#ended) return;
    const failure = exitFailure(exit, this.spec.code.command[0] ?? "");
    const wasStarting = this.#state === "starting";
    if (this.#work)
      this.#host.log.write(`RequestId: ${this.#work.invocation.requestId} Error: ${failure.errorMessage}`);
    this.#fail(failure, `error\tError Type: ${failure.errorType}`);
    this.#end(wasStarting ? this.#initFailed(failure, "error") : undefined);
  }

  #onInitError(error: PostedBody): "Ready" | "Running" | undefined {
    if (this.#state !== "starting") return this.#state === "busy" ? "Running" : "Ready";
    const failure = { errorType: error.errorType ?? "Runtime.Unknown", errorMessage: "" };
    this.#initFailed(failure, "error");
    this.#end({ payload: () => error.body });
    return undefined;
  }

  #onInitTimeout(): void {
    this.#end(this.#initFailed(timeoutFailure(this.#host.initTimeoutMs / 1000), "timeout"));
  }

  #initFailed(failure: Failure, status: "error" | "timeout"): InitFailure {
    const initMs = this.#host.clock.elapsedMs() - this.#initStartedMs;
    const type = status === "error" ? `\tError Type: ${failure.errorType}` : "";
    this.#host.log.write(`INIT_REPORT Init Duration: ${initMs.toFixed(2)} ms\tPhase: init\tStatus: ${status}${type}`);
    return { payload: (requestId) => failurePayload(failure, requestId) };
  }

  /** Resolves the invocation in progress, if any, with a failure of the environment. */
  #fail(failure: Failure, status: string, durationMs?: number): void {
    const work = this.#work;
    if (!work) return;
    const elapsedMs = durationMs ?? this.#host.clock.elapsedMs() - work.startedMs;
    this.#finish(work, failurePayload(failure, work.invocation.requestId), true, elapsedMs, status);
  }

  #end(failure: InitFailure | undefined): void {
    if (this.#ended) return;
    this.#state = "ended";
    clearTimeout(this.#initTimer);
    this.#polls.close();
    if (this.#process) this.#process.kill();
    else this.#api.close();
    this.#host.onEnd(this, failure);
  }
}

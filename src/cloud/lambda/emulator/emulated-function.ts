// One function without a Lambda API: an image, unpacked into a directory, and its execution environment.

import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Clock, Log } from "../../../base/index.js";
import { configOf, type Image, ImageError } from "../../../image/index.js";
import { pooledRandom, uuid } from "../../random.js";
import { preparedImage } from "../code/image-preparer.js";
import type { PreparedCode } from "../code/prepared-code.js";
import { unpackRoot } from "../code/root-trees.js";
import { Environment, type EnvironmentSpec } from "../environment/environment.js";
import { environmentVariables } from "../environment/environment-variables.js";
import { LogStream } from "../environment/log-stream.js";
import { Pool } from "../environment/pool.js";
import { latest } from "../function/function-name.js";
import { sandboxId } from "../invocation/environment-manager.js";
import { chooseSandbox, machineFacts } from "../sandbox/choose-sandbox.js";
import type { Sandbox } from "../sandbox/sandbox.js";

export interface FunctionOptions {
  readonly image: Image;
  /** An empty directory for the function's files. The caller removes it after `close`. */
  readonly directory: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** Environment variables, which override the image's and Lambda's. */
  readonly variables: Readonly<Record<string, string>>;
  /** The runtime that this Tepal puts into function images, as in `CloudOptions`. */
  readonly runtimePath?: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Receives each line that the function or the platform logs. */
  readonly onLogLine: (line: string) => void;
}

export interface EmulatedResult {
  readonly payload: Uint8Array;
  /** Whether the payload is an error: of the function, or of its environment. */
  readonly isError: boolean;
}

/** As AWS's Runtime Interface Emulator. */
const identity = { account: "012345678912", region: "us-east-1", name: "test_function" };
/** Lambda's default size of /tmp. */
const temporaryMb = 512;

const random = pooledRandom(randomBytes);

/** Serves invocations one after the other, as one execution environment of Lambda does. */
export class EmulatedFunction {
  readonly #pool: Pool;
  /** The environment that starts or runs. */
  #environment: Environment | undefined;
  /** One for each environment, until all its processes have ended. */
  readonly #processes = new Set<Promise<void>>();

  private constructor(spec: EnvironmentSpec, sandbox: Sandbox, { timeoutSeconds, clock, onLogLine }: FunctionOptions) {
    this.#pool = new Pool(timeoutSeconds, {
      nowMs: () => clock.elapsedMs(),
      create: (pool, initTimeoutMs) => {
        if (this.#environment) return undefined;
        const log = new LogStream(
          { ...identity, group: logGroup, stream: latest },
          {
            append: (_target, events) => {
              for (const { message } of events) onLogLine(message.replace(/\n$/, ""));
            },
          },
          () => clock.nowMs(),
        );
        const environment = new Environment(spec, {
          id: sandboxId(random),
          sandbox,
          clock,
          log,
          initTimeoutMs,
          onIdle: (idle) => pool.becameIdle(idle),
          onEnd: (ended, failure) => {
            this.#environment = undefined;
            pool.ended(ended, failure);
          },
        });
        this.#environment = environment;
        const finished = environment.run().finally(() => this.#processes.delete(finished));
        this.#processes.add(finished);
        return environment;
      },
      onInit: () => {},
    });
  }

  /**
   * Unpacks the image and starts an execution environment.
   * @throws ImageError "image-not-runnable" with the reason, "image-..." for a damaged layer
   */
  static async start(options: FunctionOptions): Promise<EmulatedFunction> {
    const { image, directory, variables, runtimePath, clock, log } = options;
    const rootDir = join(directory, "root");
    const [{ config }, sandbox] = await Promise.all([
      configOf(image),
      chooseSandbox({
        ...machineFacts(),
        dir: join(directory, "sandbox"),
        runtimePath,
        probeId: sandboxId(random),
        nowMs: clock.elapsedMs,
        log,
      }),
      unpackRoot(image.layers, rootDir),
    ]);
    const code = preparedImage(config, { Variables: variables }, rootDir);
    if ("failure" in code) throw new ImageError("image-not-runnable", code.failure.errorMessage);
    const rejection = sandbox.rejects(code);
    if (rejection !== undefined) throw new ImageError("image-not-runnable", rejection);
    const running = new EmulatedFunction(specOf(code, options), sandbox, options);
    running.#pool.startAhead();
    return running;
  }

  /** Invokes the function with an event, after the invocations before. */
  async invoke(payload: Uint8Array, clientContext?: string): Promise<EmulatedResult> {
    const { account, region, name } = identity;
    const result = await this.#pool.invoke({
      requestId: uuid(random),
      payload,
      functionArn: `arn:aws:lambda:${region}:${account}:function:${name}`,
      traceId: `Root=1-00000000-${Buffer.from(random(12)).toString("hex")};Sampled=0`,
      ...(clientContext === undefined ? {} : { clientContext }),
    });
    return { payload: result.payload, isError: result.functionError !== undefined };
  }

  /** Ends the environment. Invocations in progress fail. */
  async close(): Promise<void> {
    this.#pool.close(new Error("The function is stopping"));
    await Promise.all(this.#processes);
  }
}

const logGroup = `/aws/lambda/${identity.name}`;

function specOf(code: PreparedCode, { memoryMb, timeoutSeconds, variables }: FunctionOptions): EnvironmentSpec {
  return {
    functionName: identity.name,
    version: latest,
    memoryMb,
    temporaryMb,
    timeoutSeconds,
    code,
    variables: (runtimeApi) => ({
      ...environmentVariables({
        functionName: identity.name,
        version: latest,
        memoryMb,
        region: identity.region,
        logGroup,
        logStream: latest,
        runtimeApi,
        code,
      }),
      // Also names that Lambda reserves, such as a region or credentials.
      ...variables,
      AWS_LAMBDA_RUNTIME_API: runtimeApi,
    }),
  };
}

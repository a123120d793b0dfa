// Runs an invocation: resolves the version, checks the permission and the concurrency limits, and passes it to an
// environment.

import { AwsError } from "../../protocol/aws-error.js";
import type { AccountRegion, InvokeResult } from "../../service-interfaces.js";
import type { CodePreparer } from "../code/code-preparer.js";
import type { Invocation, Outcome } from "../environment/environment.js";
import type { AliasDocument, Collections, Statement, VersionDocument } from "../function/documents.js";
import { conflict } from "../function/errors.js";
import { type FunctionReference, functionArn, latest } from "../function/function-name.js";
import { findAlias, findFunction, findVersion, keyOf } from "../function/lookup.js";
import { permits, type ServicePrincipal } from "../policy/permits.js";
import type { EnvironmentManager } from "./environment-manager.js";

interface InvokerHost extends Collections {
  readonly environments: EnvironmentManager;
  readonly codes: CodePreparer;
  readonly random: (bytes: number) => Uint8Array;
}

interface InvocationRequest {
  readonly requestId: string;
  readonly payload: Uint8Array;
  readonly principal?: ServicePrincipal;
  readonly traceId?: string;
  readonly clientContext?: string;
}

/** Lambda's default limit of an account in a region. */
export const accountConcurrencyMax = 1000;

/** What a reference resolves to until a document changes. */
interface Target {
  readonly arn: string;
  readonly version: VersionDocument;
  readonly alias: AliasDocument | undefined;
  readonly reservedConcurrency: number | undefined;
  readonly functionKey: string;
  readonly accountKey: string;
  readonly statements: readonly Statement[];
  run: Run | undefined;
}

type Run = (invocation: Invocation) => Promise<Outcome>;

/** More references than are in use at a time; the cache is cleared beyond it. */
const targetsMax = 1000;

export class Invoker {
  readonly #host: InvokerHost;
  /** Cleared when a document changes, so that an invocation need not read the store. */
  readonly #targets = new Map<string, Target>();
  /** Invocations in progress, by function and by account and region. */
  readonly #inFlight = new Map<string, number>();

  constructor(host: InvokerHost) {
    this.#host = host;
  }

  /** Must be called when a document of Lambda has changed. */
  forget(): void {
    this.#targets.clear();
  }

  /**
   * Checks that the function exists and that the caller has the permission to invoke it.
   * @throws AwsError ResourceNotFoundException, AccessDeniedException
   */
  check(reference: FunctionReference, principal: ServicePrincipal | undefined): Target {
    const target = this.#find(reference);
    if (principal && !permits(target.statements, principal)) {
      throw new AwsError<"lambda">(
        "AccessDeniedException",
        403,
        `User: ${principal.service} is not authorized to perform: lambda:InvokeFunction on resource: ${target.arn} because no resource-based policy allows the lambda:InvokeFunction action`,
      );
    }
    return target;
  }

  /** @throws AwsError as `check`, and TooManyRequestsException */
  async invoke(reference: FunctionReference, request: InvocationRequest): Promise<InvokeResult> {
    const requested = this.check(reference, request.principal);
    const target = this.#routed(requested, reference);
    checkReady(target.version, requested.arn);
    const release = this.#enter(target);
    try {
      target.run ??= await this.#runOf(target.version, reference);
      const { requestId, payload, clientContext } = request;
      const traceId = request.traceId ?? this.#newTraceId();
      const outcome = await target.run({ requestId, payload, functionArn: requested.arn, traceId, clientContext });
      return { ...outcome, executedVersion: target.version.version, requestId };
    } finally {
      release();
    }
  }

  #find(reference: FunctionReference): Target {
    const arn = functionArn(reference);
    const found = this.#targets.get(arn);
    if (found) return found;
    const { reservedConcurrency } = findFunction(this.#host, reference);
    const target: Target = {
      arn,
      version: findVersion(this.#host, reference),
      alias: findAlias(this.#host, reference),
      reservedConcurrency,
      functionKey: keyOf(reference).join("/"),
      accountKey: `${reference.account}/${reference.region}`,
      statements: this.#host.policies.get(keyOf(reference, reference.qualifier ?? ""))?.statements ?? [],
      run: undefined,
    };
    if (this.#targets.size >= targetsMax) this.#targets.clear();
    this.#targets.set(arn, target);
    return target;
  }

  /** The target, or by the probability of an alias's weights one of its other versions. */
  #routed(target: Target, reference: FunctionReference): Target {
    const weights = Object.entries(target.alias?.weights ?? {});
    if (weights.length === 0) return target;
    let left = Buffer.from(this.#host.random(4)).readUInt32LE() / 2 ** 32;
    for (const [version, weight] of weights) {
      left -= weight;
      if (left < 0) return this.#find({ ...reference, qualifier: version });
    }
    return target;
  }

  async #runOf(version: VersionDocument, accountRegion: AccountRegion): Promise<Run> {
    const { environments, codes } = this.#host;
    // While an update is in progress, invocations run the code and settings before it.
    const before = version.update?.status === "InProgress" ? version.update.before : undefined;
    const current = before && environments.current(accountRegion, version.name, version.version);
    if (current) return current.run;
    const serving = before ? { ...version, ...before, revisionId: `before ${version.revisionId}` } : version;
    const code = await codes.prepare(serving, accountRegion);
    return (await environments.use(serving, accountRegion, code)).run;
  }

  /** Counts a started invocation; the returned function must be called at its end. */
  #enter({ functionKey, accountKey, reservedConcurrency }: Target): () => void {
    if (reservedConcurrency !== undefined && this.#count(functionKey) >= reservedConcurrency) {
      throw throttled("ReservedFunctionConcurrentInvocationLimitExceeded");
    }
    if (this.#count(accountKey) >= accountConcurrencyMax) throw throttled("ConcurrentInvocationLimitExceeded");
    this.#add(functionKey, 1);
    this.#add(accountKey, 1);
    return () => {
      this.#add(functionKey, -1);
      this.#add(accountKey, -1);
    };
  }

  #count(key: string): number {
    return this.#inFlight.get(key) ?? 0;
  }

  #add(key: string, change: number): void {
    const count = this.#count(key) + change;
    if (count === 0) this.#inFlight.delete(key);
    else this.#inFlight.set(key, count);
  }

  /** An X-Ray trace header for a request without one: not sampled. */
  #newTraceId(): string {
    const hex = Buffer.from(this.#host.random(24)).toString("hex");
    return `Root=1-${hex.slice(0, 8)}-${hex.slice(8, 32)};Parent=${hex.slice(32)};Sampled=0`;
  }
}

function throttled(reason: string): AwsError<"lambda"> {
  return new AwsError<"lambda">("TooManyRequestsException", 429, "Rate Exceeded.", { Reason: reason, Type: "User" });
}

function checkReady({ state, version }: VersionDocument, arn: string): void {
  if (state.status === "Active") return;
  if (state.status === "Pending") {
    throw conflict(
      "The operation cannot be performed at this time. The function is currently in the following state: Pending",
    );
  }
  throw new AwsError<"lambda">(
    "InvalidImageException",
    502,
    `Lambda was unable to use the image of ${arn}${version === latest ? "" : ` (version ${version})`}: ${state.reason ?? "the function failed to be created"}`,
    { Type: "User" },
  );
}

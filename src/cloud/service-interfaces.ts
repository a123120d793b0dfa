// What one service may ask of another. cloud/index.ts hands each service the doors it needs; no service imports another.

/** Where a resource lives. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** ECR, as Lambda sees it. */
export interface ImageSource {
  /**
   * Finds the image that a function's `ImageUri` names, by tag or digest.
   * @throws AwsError InvalidParameterValueException in Lambda's own words, when there is none or Lambda could not run it
   * (an index, an attestation, a media type it refuses).
   */
  resolve(imageUri: string, place: Place): ResolvedImage;
}

export interface ResolvedImage {
  /** The repository's URI with the manifest's digest: `localhost:4566/iris@sha256:...`. */
  readonly resolvedImageUri: string;
  /** `sha256:...` of the manifest. */
  readonly digest: string;
  /** The OCI (or Docker) image config document. */
  readonly config: Uint8Array;
  /** Layers from the lowest up; `path` is the blob's file. */
  readonly layers: readonly {
    readonly digest: string;
    readonly mediaType: string;
    readonly size: number;
    readonly path: string;
  }[];
}

/** IAM, as Lambda sees it. */
export interface Roles {
  /** undefined when there is no such role. */
  find(roleArn: string): { readonly arn: string; readonly assumableBy: (service: string) => boolean } | undefined;
}

/** IAM, as STS sees it. */
export interface TrustedRoles extends Roles {
  find(roleArn: string): TrustedRole | undefined;
}

export interface TrustedRole {
  readonly arn: string;
  /** `AROA...` */
  readonly id: string;
  readonly sessionSecondsMax: number;
  readonly assumableBy: (service: string) => boolean;
  readonly assumableByCaller: (caller: { readonly account: string; readonly arn: string }) => boolean;
}

/** STS, as Lambda sees it: credentials of `assumed-role/<role>/<session>` for a function's environment. */
export interface Sessions {
  issue(
    roleArn: string,
    sessionName: string,
  ): {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
}

/** CloudWatch Logs, as Lambda and API Gateway see it. Group and stream are made when they are missing. */
export interface LogSink {
  append(
    where: Place & { readonly group: string; readonly stream: string },
    events: readonly { readonly timestampMs: number; readonly message: string }[],
  ): void;
}

/** Lambda, as API Gateway sees it. */
export interface Invoker {
  /**
   * Invokes synchronously as an AWS service would; the function's resource policy decides whether it may.
   * A function's own failure is an answer (`functionError`), not an exception.
   * @throws AwsError ResourceNotFoundException, AccessDeniedException, TooManyRequestsException, ...
   */
  invoke(request: InvokeRequest): Promise<InvokeAnswer>;
}

export interface InvokeRequest {
  /** ARN of a function, version or alias. */
  readonly functionArn: string;
  readonly payload: Uint8Array;
  /** The calling service and the resource on whose behalf it calls; undefined for a caller of the account itself. */
  readonly principal?: { readonly service: string; readonly sourceArn: string; readonly sourceAccount: string };
  /** The caller's X-Ray trace header, when it has one. */
  readonly traceId?: string;
}

export interface InvokeAnswer {
  readonly payload: Uint8Array;
  /** "Unhandled" when the payload is an error. */
  readonly functionError?: string;
  readonly executedVersion: string;
  readonly requestId: string;
  /** The last 4 KB of the invocation's log. */
  readonly logTail: string;
}

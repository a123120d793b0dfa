// The interfaces through which one service uses another. services.ts passes them; no service imports another.

/** The account and the region of a resource. */
export interface AccountRegion {
  readonly account: string;
  readonly region: string;
}

/** ECR for Lambda. */
export interface ImageSource {
  /**
   * Finds the image of a function's `ImageUri`, by tag or digest.
   * @throws AwsError InvalidParameterValueException, with Lambda's message, for an image that does not exist or that
   * Lambda cannot run (an index, an attestation, an unsupported media type)
   */
  resolve(imageUri: string, accountRegion: AccountRegion): ResolvedImage;
}

export interface ResolvedImage {
  /** The repository's URI with the manifest's digest: `localhost:4566/iris@sha256:...`. */
  readonly resolvedImageUri: string;
  /** `sha256:...` of the manifest. */
  readonly digest: string;
  /** The OCI (or Docker) image config document. */
  readonly config: Uint8Array;
  /** Layers in the order in which they are applied; `path` is the blob's file. */
  readonly layers: readonly {
    readonly digest: string;
    readonly mediaType: string;
    readonly size: number;
    readonly path: string;
  }[];
}

/** IAM for Lambda. */
export interface Roles {
  /** undefined when the role does not exist. */
  find(roleArn: string): { readonly arn: string; readonly assumableBy: (service: string) => boolean } | undefined;
}

/** IAM for STS. */
export interface TrustedRoles extends Roles {
  find(roleArn: string): TrustedRole | undefined;
}

interface TrustedRole {
  readonly arn: string;
  /** `AROA...` */
  readonly id: string;
  readonly sessionSecondsMax: number;
  readonly assumableBy: (service: string) => boolean;
  readonly assumableByCaller: (caller: { readonly account: string; readonly arn: string }) => boolean;
}

/** STS for Lambda: credentials of `assumed-role/<role>/<session>` for a function's environment. */
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

/** CloudWatch Logs for Lambda and API Gateway. Group and stream are created if they do not exist. */
export interface LogSink {
  append(
    where: AccountRegion & { readonly group: string; readonly stream: string },
    events: readonly { readonly timestampMs: number; readonly message: string }[],
  ): void;
}

/** Lambda for API Gateway. */
export interface Invoker {
  /**
   * Invokes synchronously as an AWS service does; the function's resource policy decides whether that is allowed.
   * An error of the function is a result (`functionError`), not an exception.
   * @throws AwsError ResourceNotFoundException, AccessDeniedException, TooManyRequestsException, ...
   */
  invoke(request: InvokeRequest): Promise<InvokeResult>;
}

export interface InvokeRequest {
  /** ARN of a function, version or alias. */
  readonly functionArn: string;
  readonly payload: Uint8Array;
  /** The calling service and the resource on whose behalf it calls; undefined for a caller of the account itself. */
  readonly principal?: { readonly service: string; readonly sourceArn: string; readonly sourceAccount: string };
  /** The caller's X-Ray trace header. */
  readonly traceId?: string;
}

export interface InvokeResult {
  readonly payload: Uint8Array;
  /** "Unhandled" when the payload is an error. */
  readonly functionError?: string;
  readonly executedVersion: string;
  readonly requestId: string;
  /** The last 4 KB of the invocation's log. */
  readonly logTail: string;
}

// An AWS operation is a typed function from its input to its output. The types come from the AWS SDK's command of that
// name.

import type * as ApiGateway from "@aws-sdk/client-api-gateway";
import type * as Logs from "@aws-sdk/client-cloudwatch-logs";
import type * as Ecr from "@aws-sdk/client-ecr";
import type * as Iam from "@aws-sdk/client-iam";
import type * as Lambda from "@aws-sdk/client-lambda";
import type * as Sts from "@aws-sdk/client-sts";

/** The AWS SDK client package of each API. */
export interface Clients {
  apigateway: typeof ApiGateway;
  ecr: typeof Ecr;
  iam: typeof Iam;
  lambda: typeof Lambda;
  logs: typeof Logs;
  sts: typeof Sts;
}

export type ApiName = keyof Clients;

export type OperationName<S extends ApiName> = Exclude<
  keyof Clients[S] extends infer Key ? (Key extends `${infer Name}Command` ? Name : never) : never,
  "$"
>;

type CommandOf<S extends ApiName, Name extends string> = `${Name}Command` extends keyof Clients[S]
  ? Clients[S][`${Name}Command`] extends abstract new (
      ...args: never
    ) => infer Instance
    ? Instance
    : never
  : never;

/** Inside the cloud a blob is bytes; strings, streams and the SDK's adapters around them exist in clients only. */
type Plain<T> = {
  [Key in keyof T]: unknown extends T[Key]
    ? T[Key]
    : T[Key] extends { transformToString(): unknown } | undefined
      ? Uint8Array | undefined
      : [string | Uint8Array] extends [T[Key]]
        ? Uint8Array | undefined
        : T[Key];
};

/** Required members are present: a request without them is rejected before it reaches the operation. */
type Checked<T> = {
  [Key in keyof T]: Partial<Pick<T, Key>> extends Pick<T, Key> ? T[Key] : Exclude<T[Key], undefined>;
};

export type Input<S extends ApiName, Name extends string> =
  CommandOf<S, Name> extends { readonly input: infer I } ? Checked<Plain<I>> : never;

export type Output<S extends ApiName, Name extends string> =
  CommandOf<S, Name> extends { resolveMiddleware(...args: never): (...args: never) => Promise<{ output: infer O }> }
    ? Plain<Omit<O, "$metadata">>
    : never;

/** The caller, its account and region, and the request id: what an operation can need beyond its input. */
export interface Call {
  /** 12 digits. Resources of different accounts and regions are separate. */
  readonly account: string;
  readonly region: string;
  readonly requestId: string;
  /** The access key id of the request's signature; undefined for an unsigned request. */
  readonly accessKeyId: string | undefined;
  /** The address under which the caller reached the cloud: `127.0.0.1:4566`. */
  readonly host: string;
}

/** One operation. `state` is what all operations of the service work on. */
export type Handler<S extends ApiName, Name extends OperationName<S>, State> = (
  input: Input<S, Name>,
  state: State,
  call: Call,
) => Output<S, Name> | Promise<Output<S, Name>>;

/** The operations that a service implements, by name; all others of its API return NotImplementedException. */
export type Operations<S extends ApiName, State> = {
  readonly [Name in OperationName<S>]?: Handler<S, Name, State>;
};

/** A service as the request router uses it. */
export interface Service<S extends ApiName, State> {
  readonly name: S;
  readonly operations: Operations<S, State>;
  readonly state: State;
}

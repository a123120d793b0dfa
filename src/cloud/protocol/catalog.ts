// The APIs of the cloud, as a table: how each is called, and where its schemas are. The keys name APIs, not signing
// names: API Gateway's REST APIs and its HTTP APIs are two APIs whose requests are both signed for `apigateway`.

import type { ErrorCode } from "./aws-error.js";
import type { ApiName } from "./operation.js";
import { readServiceModel, type ServiceModel } from "./service-model.js";

export type ProtocolName = "restJson1" | "awsJson1.1" | "awsQuery";

/** What identifies the API of a request. */
export interface ApiIdentity {
  /**
   * The service in the credential scope of signed requests. Several APIs may share one; then their paths tell them
   * apart.
   */
  readonly signingName: string;
  /** The paths of the API's operations, for unsigned requests and shared signing names. */
  readonly paths?: RegExp;
}

export interface CatalogEntry<A extends ApiName = ApiName> extends ApiIdentity {
  readonly protocol: ProtocolName;
  /** The API's version: the `Version` of awsQuery requests, the first path segment of some restJson1 ones. */
  readonly version: string;
  /** The part of `X-Amz-Target` before the operation's name. */
  readonly target?: string;
  readonly xmlNamespace?: string;
  /** The largest request body of any operation. A larger one is rejected before it is parsed. */
  readonly bodyBytesMax: number;
  /** The code of the error for input that the schemas do not allow. */
  readonly invalidInput: ErrorCode<A>;
  /** The message for a missing required member, where it is not the message that most services use. */
  readonly missingMember?: (member: string) => string;
  /** Errors have a member `Type`, and their message as `Message` too. */
  readonly typedErrors?: boolean;
  /** The client package, of which a build keeps only the schemas. Loaded for the API's first request. */
  readonly load: () => Promise<Readonly<Record<string, unknown>>>;
}

const mebibyte = 1024 * 1024;

export const catalog: { readonly [A in ApiName]: CatalogEntry<A> } = {
  apigateway: {
    protocol: "restJson1",
    signingName: "apigateway",
    paths: /^\/(account|apikeys|clientcertificates|domainnames|restapis|sdktypes|tags|usageplans|vpclinks)(\/|$)/,
    version: "2015-07-09",
    // An OpenAPI document may have 6 MB (API Gateway quotas).
    bodyBytesMax: 10 * mebibyte,
    invalidInput: "BadRequestException",
    load: () => import("@aws-sdk/client-api-gateway"),
  },
  ecr: {
    protocol: "awsJson1.1",
    signingName: "ecr",
    version: "2015-09-21",
    target: "AmazonEC2ContainerRegistry_V20150921",
    // A layer part of 20 MiB (the shape LayerPartBlob) in Base64.
    bodyBytesMax: 30 * mebibyte,
    invalidInput: "InvalidParameterException",
    missingMember: (member) => `Invalid parameter at '${member}' failed to satisfy constraint: 'must not be null'`,
    load: () => import("@aws-sdk/client-ecr"),
  },
  iam: {
    protocol: "awsQuery",
    signingName: "iam",
    version: "2010-05-08",
    xmlNamespace: "https://iam.amazonaws.com/doc/2010-05-08/",
    // A policy document may have 131,072 characters, each of which can be three in a form.
    bodyBytesMax: mebibyte,
    invalidInput: "ValidationError",
    load: () => import("@aws-sdk/client-iam"),
  },
  lambda: {
    protocol: "restJson1",
    signingName: "lambda",
    paths: /^\/20\d\d-\d\d-\d\d\//,
    version: "2015-03-31",
    // CreateFunction with its zip file in Base64: AWS's own limit.
    bodyBytesMax: 70_167_211,
    invalidInput: "ValidationException",
    typedErrors: true,
    load: () => import("@aws-sdk/client-lambda"),
  },
  logs: {
    protocol: "awsJson1.1",
    signingName: "logs",
    version: "2014-03-28",
    target: "Logs_20140328",
    // A batch of 1 MiB, each byte of which can be an escape sequence of six.
    bodyBytesMax: 8 * mebibyte,
    invalidInput: "InvalidParameterException",
    load: () => import("@aws-sdk/client-cloudwatch-logs"),
  },
  sts: {
    protocol: "awsQuery",
    signingName: "sts",
    version: "2011-06-15",
    xmlNamespace: "https://sts.amazonaws.com/doc/2011-06-15/",
    bodyBytesMax: mebibyte,
    invalidInput: "ValidationError",
    load: () => import("@aws-sdk/client-sts"),
  },
};

/**
 * APIs that share a signing name with one of the catalog but are not implemented: their requests must not be taken for
 * the other's.
 */
export const unimplementedApis: Readonly<Record<string, ApiIdentity>> = {
  apigatewayv2: { signingName: "apigateway", paths: /^\/v2(\/|$)/ },
};

/** The largest body of any API. */
export const bodyBytesMax = Math.max(...Object.values(catalog).map((entry) => entry.bodyBytesMax));

const models = new Map<ApiName, Promise<ServiceModel>>();

/** The operations and errors of an API. */
export function loadServiceModel(name: ApiName): Promise<ServiceModel> {
  let model = models.get(name);
  if (!model) {
    model = catalog[name].load().then((schemas) => readServiceModel(name, schemas));
    models.set(name, model);
  }
  return model;
}

// The services of the cloud, as a table: how each is spoken to, and where its schemas are.

import type { ServiceName } from "./operation.js";
import { readServiceModel, type ServiceModel } from "./service-model.js";

export type ProtocolName = "restJson1" | "awsJson1.1" | "awsQuery";

export interface CatalogEntry {
  readonly protocol: ProtocolName;
  /** The API's version: the `Version` of awsQuery requests, the first path segment of some restJson1 ones. */
  readonly version: string;
  /** What stands before the operation's name in `X-Amz-Target`. */
  readonly target?: string;
  readonly xmlNamespace?: string;
  /** The code under which the service refuses input that its model does not allow. */
  readonly invalidInput: string;
  /** How it says that a required member is missing, when not in the words most services use. */
  readonly missingMember?: (member: string) => string;
  /** Errors carry `Type`, and their message as `Message` too. */
  readonly typedErrors?: boolean;
  /** The client package, of which a build keeps only the schemas. Loaded when the service's first request comes. */
  readonly load: () => Promise<Readonly<Record<string, unknown>>>;
}

export const catalog: Readonly<Record<ServiceName, CatalogEntry>> = {
  apigateway: {
    protocol: "restJson1",
    version: "2015-07-09",
    invalidInput: "BadRequestException",
    load: () => import("@aws-sdk/client-api-gateway"),
  },
  ecr: {
    protocol: "awsJson1.1",
    version: "2015-09-21",
    target: "AmazonEC2ContainerRegistry_V20150921",
    invalidInput: "InvalidParameterException",
    missingMember: (member) => `Invalid parameter at '${member}' failed to satisfy constraint: 'must not be null'`,
    load: () => import("@aws-sdk/client-ecr"),
  },
  iam: {
    protocol: "awsQuery",
    version: "2010-05-08",
    xmlNamespace: "https://iam.amazonaws.com/doc/2010-05-08/",
    invalidInput: "ValidationError",
    load: () => import("@aws-sdk/client-iam"),
  },
  lambda: {
    protocol: "restJson1",
    version: "2015-03-31",
    invalidInput: "ValidationException",
    typedErrors: true,
    load: () => import("@aws-sdk/client-lambda"),
  },
  logs: {
    protocol: "awsJson1.1",
    version: "2014-03-28",
    target: "Logs_20140328",
    invalidInput: "InvalidParameterException",
    load: () => import("@aws-sdk/client-cloudwatch-logs"),
  },
  sts: {
    protocol: "awsQuery",
    version: "2011-06-15",
    xmlNamespace: "https://sts.amazonaws.com/doc/2011-06-15/",
    invalidInput: "ValidationError",
    load: () => import("@aws-sdk/client-sts"),
  },
};

const models = new Map<ServiceName, Promise<ServiceModel>>();

/** The operations and errors of a service. */
export function loadServiceModel(name: ServiceName): Promise<ServiceModel> {
  let model = models.get(name);
  if (!model) {
    model = catalog[name].load().then((schemas) => readServiceModel(name, schemas));
    models.set(name, model);
  }
  return model;
}

import type { MethodSetting } from "@aws-sdk/client-api-gateway";
import type { StageDocument } from "../../documents.js";
import { badRequest } from "../../errors.js";
import {
  applyPatch,
  asSent,
  type Effect,
  type PatchMessages,
  type PatchRow,
  parseBoolean,
  stringRow,
} from "../../patch.js";
import { type ApiGatewayOperation, withEntry } from "../../state.js";
import { checkDeployment } from "../deployment/deployment.js";
import { checkVariable, requireStage, saveStage, toStage } from "./stage.js";

/** A method's settings before any is changed. */
const settingDefaults: MethodSetting = {
  metricsEnabled: false,
  loggingLevel: "OFF",
  dataTraceEnabled: false,
  throttlingBurstLimit: 5000,
  throttlingRateLimit: 10000,
  cachingEnabled: false,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: "SUCCEED_WITH_RESPONSE_HEADER",
};

/** The rate and the burst of a method without throttling. */
const unthrottled = -1;

/** The last parts of a path, and the setting that it changes. */
const settings: readonly (readonly [path: string, change: (value: string) => MethodSetting])[] = [
  ["metrics/enabled", (value) => ({ metricsEnabled: parseBoolean(value) })],
  ["logging/dataTrace", (value) => ({ dataTraceEnabled: parseBoolean(value) })],
  ["logging/loglevel", (value) => ({ loggingLevel: checkLevel(value) })],
  ["throttling/burstLimit", (value) => ({ throttlingBurstLimit: checkNumber(value, unthrottled) })],
  ["throttling/rateLimit", (value) => ({ throttlingRateLimit: checkNumber(value, unthrottled) })],
  ["caching/ttlInSeconds", (value) => ({ cacheTtlInSeconds: checkNumber(value) })],
  ["caching/enabled", (value) => ({ cachingEnabled: parseBoolean(value) })],
  ["caching/dataEncrypted", (value) => ({ cacheDataEncrypted: parseBoolean(value) })],
  [
    "caching/requireAuthorizationForCacheControl",
    (value) => ({ requireAuthorizationForCacheControl: parseBoolean(value) }),
  ],
  [
    "caching/unauthorizedCacheControlHeaderStrategy",
    (value) => ({ unauthorizedCacheControlHeaderStrategy: checkStrategy(value) }),
  ],
];

function checkLevel(value: string): string {
  if (!["OFF", "ERROR", "INFO"].includes(value)) {
    throw badRequest("Invalid logging level. Valid values are OFF, ERROR, INFO");
  }
  return value;
}

function checkNumber(value: string, min = 0): number {
  const number = Number(value);
  if (value === "" || !Number.isFinite(number) || number < min) throw badRequest(`Invalid number: ${value}`);
  return number;
}

function checkStrategy(value: string): MethodSetting["unauthorizedCacheControlHeaderStrategy"] {
  if (
    value !== "FAIL_WITH_403" &&
    value !== "SUCCEED_WITH_RESPONSE_HEADER" &&
    value !== "SUCCEED_WITHOUT_RESPONSE_HEADER"
  ) {
    throw badRequest(`Invalid unauthorized cache control header strategy: ${value}`);
  }
  return value;
}

const rows: readonly PatchRow<StageDocument>[] = [
  stringRow("deploymentId"),
  stringRow("description"),
  {
    path: "/cacheClusterEnabled",
    replace: (stage, value) => ({ ...stage, cacheClusterEnabled: parseBoolean(value) }),
  },
  stringRow("documentationVersion"),
  stringRow("clientCertificateId"),
  { path: "/tracingEnabled", replace: (stage, value) => ({ ...stage, tracingEnabled: parseBoolean(value) }) },
  {
    path: "/accessLogSettings",
    add: rejectAccessLogPath,
    replace: rejectAccessLogPath,
    remove: ({ accessLogSettings: _removed, ...stage }) => stage,
  },
  accessLogRow("destinationArn", (arn) => arn.replace(/:\*$/, "")),
  accessLogRow("format", asSent),
  {
    path: "/accessLogSettings/{name}",
    add: rejectAccessLogPath,
    replace: rejectAccessLogPath,
    remove: (_stage, _value, [name]) => {
      throw noSetting(`accessLogSettings/${name}`);
    },
  },
  {
    path: "/variables/{name}",
    add: (stage, value, [name = ""]) => withVariable(stage, name, value),
    replace: (stage, value, [name = ""]) => withVariable(stage, name, value),
    remove: (stage, _value, [name = ""]) => ({ ...stage, variables: withEntry(stage.variables, name, undefined) }),
  },
  ...settings.map(([path, change]) => ({
    path: `/{resourcePath}/{httpMethod}/${path}`,
    replace: (stage: StageDocument, value: string, names: readonly string[]) => {
      const name = settingName(names);
      const before = stage.methodSettings?.[name] ?? stage.methodSettings?.["*/*"] ?? settingDefaults;
      return { ...stage, methodSettings: { ...stage.methodSettings, [name]: { ...before, ...change(value) } } };
    },
  })),
  {
    path: "/{resourcePath}/{httpMethod}",
    remove: (stage, _value, names) => {
      const name = settingName(names);
      if (!stage.methodSettings?.[name]) throw noSetting(name);
      return { ...stage, methodSettings: withEntry(stage.methodSettings, name, undefined) };
    },
  },
];

function accessLogRow(name: "destinationArn" | "format", parse: (value: string) => string): PatchRow<StageDocument> {
  const put: Effect<StageDocument> = (stage, value) => {
    if (value === "") throw badRequest("Access Log value must not be empty");
    return { ...stage, accessLogSettings: { ...stage.accessLogSettings, [name]: parse(value) } };
  };
  return {
    path: `/accessLogSettings/${name}`,
    add: put,
    replace: put,
    remove: () => {
      throw noSetting(`accessLogSettings/${name}`);
    },
  };
}

function rejectAccessLogPath(): never {
  throw badRequest(
    "Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]",
  );
}

/** AWS's message, with its trailing space. */
const noSetting = (name: string) =>
  badRequest(`Cannot remove method setting ${name} because there is no method setting for this method `);

/** The key under which the settings of a method are stored: `pets/GET`. */
function settingName([resourcePath = "", httpMethod = ""]: readonly string[]): string {
  return `${resourcePath.replace(/^\/(?=.)/, "")}/${httpMethod}`;
}

function withVariable(stage: StageDocument, name: string, value: string): StageDocument {
  return { ...stage, variables: { ...stage.variables, [name]: checkVariable(name, value) } };
}

/** Exactly as AWS lists the paths, including its missing commas. */
const patchPathList =
  "/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize, /clientCertificateId, /accessLogSettings, /accessLogSettings/destinationArn, /accessLogSettings/format, /{resourcePath}/{httpMethod}/metrics/enabled, /{resourcePath}/{httpMethod}/logging/dataTrace, /{resourcePath}/{httpMethod}/logging/loglevel, /{resourcePath}/{httpMethod}/throttling/burstLimit/{resourcePath}/{httpMethod}/throttling/rateLimit/{resourcePath}/{httpMethod}/caching/ttlInSeconds, /{resourcePath}/{httpMethod}/caching/enabled, /{resourcePath}/{httpMethod}/caching/dataEncrypted, /{resourcePath}/{httpMethod}/caching/requireAuthorizationForCacheControl, /{resourcePath}/{httpMethod}/caching/unauthorizedCacheControlHeaderStrategy, /*/*/metrics/enabled, /*/*/logging/dataTrace, /*/*/logging/loglevel, /*/*/throttling/burstLimit /*/*/throttling/rateLimit /*/*/caching/ttlInSeconds, /*/*/caching/enabled, /*/*/caching/dataEncrypted, /*/*/caching/requireAuthorizationForCacheControl, /*/*/caching/unauthorizedCacheControlHeaderStrategy, /variables/{variable_name}, /tracingEnabled";

const messages: PatchMessages = {
  unknownPath: (path) => badRequest(`Invalid method setting path: ${path ?? null}. Must be one of: [${patchPathList}]`),
  unsupportedOp: (_path, _op, allowed) =>
    badRequest(`Invalid patch operation specified. Must be one of: [${allowed.join(", ")}]`),
};

export const updateStage: ApiGatewayOperation<"UpdateStage"> = (input, state, call) => {
  const { restApiId } = input;
  const found = requireStage(state, call, restApiId, input.stageName);
  const stage = applyPatch(found, input.patchOperations, rows, messages, "updateStageInput");
  checkDeployment(state, call, restApiId, stage.deploymentId);
  return toStage(saveStage(state, call, restApiId, { ...stage, updatedMs: state.clock.nowMs() }));
};

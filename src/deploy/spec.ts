// What the user wants of a deployment, validated once. Other files trust these values.

import { DeployError } from "./errors.js";

export interface Spec {
  /** The deployment's name, and that of its repository, function, API and role. */
  readonly name: string;
  /** The API's stage, and the function's alias that it calls. */
  readonly stage: string;
  /** The path of the API: "/predict". */
  readonly route: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** The web origin whose pages may call the API; "*" is any, undefined none. */
  readonly corsOrigin?: string;
}

export const specDefaults = {
  stage: "prod",
  route: "/predict",
  // CPU is proportional to memory; at 128 MB Node starts several times slower.
  memoryMb: 512,
  timeoutSeconds: 15,
} as const;

/** Lambda's limits of MemorySize, in MB. */
export const memoryMbMin = 128;
export const memoryMbMax = 10240;
export const timeoutSecondsMin = 1;
/** API Gateway waits 29 seconds for an integration. */
export const timeoutSecondsMax = 29;

interface Rule {
  readonly pattern: RegExp;
  /** Completes "... must be". */
  readonly text: string;
}

const rules = {
  // The strictest rules of the resources with this name: ECR repositories (lower case), IAM roles (64 with prefix and
  // region).
  name: {
    pattern: /^[a-z](?:-?[a-z0-9]){1,39}$/,
    text: "2 to 40 lower-case letters, digits and single hyphens, starting with a letter",
  },
  // API Gateway's stage names, without those that Lambda rejects for an alias ("1" would be a version).
  stage: {
    pattern: /^(?!\d+$)[A-Za-z0-9_-]{1,128}$/,
    text: "1 to 128 letters, digits, hyphens and underscores, and not a number",
  },
  // API Gateway reserves /ping and /sping. GET /model and GET /openapi.json describe the API.
  route: {
    pattern: /^(?!\/(?:s?ping|model|openapi\.json)$)(?:\/[A-Za-z0-9._:-]+){1,8}$/,
    text: 'a path such as "/predict" of letters, digits and ".-_:"; AWS reserves /ping and /sping, and Tepal /model and /openapi.json',
  },
  corsOrigin: {
    pattern: /^(?:\*|https?:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?)$/,
    text: 'an origin such as "https://example.com", or "*"',
  },
} as const satisfies Partial<Record<keyof Spec, Rule>>;

/** @throws DeployError "spec-invalid" with the value and its rule */
export function checkSpec(spec: Spec): Spec {
  for (const key of ["name", "stage", "route", "corsOrigin"] as const) {
    const value = spec[key];
    if (value !== undefined && !rules[key].pattern.test(value)) throw invalid(key, value, rules[key].text);
  }
  checkInteger("memoryMb", spec.memoryMb, memoryMbMin, memoryMbMax);
  checkInteger("timeoutSeconds", spec.timeoutSeconds, timeoutSecondsMin, timeoutSecondsMax);
  return spec;
}

/** Whether this can be the name of a deployment. */
export function isDeploymentName(text: string): boolean {
  return rules.name.pattern.test(text);
}

/** The deployment's name for a file: "My Model (2).pkl" is "my-model-2". */
export function nameFromFile(fileName: string): string {
  const parts = fileName
    .replace(/\.[^.]*$/, "")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const name = parts.join("-").slice(0, 40).replace(/-$/, "");
  return isDeploymentName(name) ? name : "model";
}

function checkInteger(key: keyof Spec, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw invalid(key, String(value), `an integer from ${min} to ${max}`);
  }
}

function invalid(key: keyof Spec, value: string, rule: string): DeployError {
  return new DeployError("spec-invalid", `The ${labels[key]} must be ${rule}; got "${value}"`);
}

const labels: Readonly<Record<keyof Spec, string>> = {
  name: "name",
  stage: "stage",
  route: "route",
  memoryMb: "memory in MB",
  timeoutSeconds: "timeout in seconds",
  corsOrigin: "CORS origin",
};

// What the user wants of a deployment, checked once. Everything behind trusts these values.

import { DeployError } from "./errors.js";

export interface Spec {
  /** The deployment's name; repository, function, API and role are named by it. */
  readonly name: string;
  /** The API's stage, and the function's alias that it calls. */
  readonly stage: string;
  /** The path of the API: "/predict". */
  readonly route: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** The web origin whose pages may call the API ("*": any); undefined: none. */
  readonly corsOrigin?: string;
}

export const specDefaults = {
  stage: "prod",
  route: "/predict",
  // Lambda gives a function CPU by its memory; at 128 MB Node starts several times slower.
  memoryMb: 512,
  timeoutSeconds: 15,
} as const;

/** Lambda's bounds of MemorySize, in MB. */
export const memoryMbMin = 128;
export const memoryMbMax = 10240;
export const timeoutSecondsMin = 1;
/** API Gateway waits 29 seconds for an integration: a longer answer would reach nobody. */
export const timeoutSecondsMax = 29;

interface Rule {
  readonly pattern: RegExp;
  /** The rule in words, completing "... must be". */
  readonly words: string;
}

const rules = {
  // The narrowest of what takes the name: ECR repositories (lower case), IAM roles (64 with prefix and region).
  name: {
    pattern: /^[a-z](?:-?[a-z0-9]){1,39}$/,
    words: "2 to 40 lower-case letters, digits and single hyphens, beginning with a letter",
  },
  // API Gateway's stage names, without those that Lambda refuses for an alias ("1" would be a version).
  stage: {
    pattern: /^(?!\d+$)[A-Za-z0-9_-]{1,128}$/,
    words: "1 to 128 letters, digits, hyphens and underscores, and not a number",
  },
  // API Gateway keeps /ping and /sping for itself.
  route: {
    pattern: /^(?!\/s?ping$)(?:\/[A-Za-z0-9._-]+){1,8}$/,
    words:
      'a path such as "/predict" of letters, digits, dots, hyphens and underscores; /ping and /sping are AWS\'s own',
  },
  corsOrigin: {
    pattern: /^(?:\*|https?:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?)$/,
    words: 'an origin such as "https://example.com", or "*"',
  },
} as const satisfies Partial<Record<keyof Spec, Rule>>;

/** @throws DeployError "spec-invalid" naming the value and its rule. */
export function checkSpec(spec: Spec): Spec {
  for (const key of ["name", "stage", "route", "corsOrigin"] as const) {
    const text = spec[key];
    if (text !== undefined && !rules[key].pattern.test(text)) refuse(key, text, rules[key].words);
  }
  checkWhole("memoryMb", spec.memoryMb, memoryMbMin, memoryMbMax);
  checkWhole("timeoutSeconds", spec.timeoutSeconds, timeoutSecondsMin, timeoutSecondsMax);
  return spec;
}

/** A deployment's name made from a file's: "My Model (2).pkl" is "my-model-2". */
export function nameFromFile(fileName: string): string {
  const words = fileName
    .replace(/\.[^.]*$/, "")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const name = words.join("-").slice(0, 40).replace(/-$/, "");
  return rules.name.pattern.test(name) ? name : "model";
}

function checkWhole(key: keyof Spec, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    refuse(key, String(value), `a whole number from ${min} to ${max}`);
  }
}

function refuse(key: keyof Spec, text: string, words: string): never {
  throw new DeployError("spec-invalid", `The ${labels[key]} must be ${words}; it is "${text}"`);
}

const labels: Readonly<Record<keyof Spec, string>> = {
  name: "name",
  stage: "stage",
  route: "route",
  memoryMb: "memory in MB",
  timeoutSeconds: "time-out in seconds",
  corsOrigin: "CORS origin",
};

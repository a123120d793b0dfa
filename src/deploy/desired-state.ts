// Everything that a deployment should be, derived from the spec, what the API offers, and the image.

import { createHash } from "node:crypto";
import { type ApiSubject, describeSubject } from "../contract/index.js";
import { type Api, gatewayApi } from "./api/document.js";
import type { ErrorPrefixes } from "./api/responses.js";
import { type Names, namesOf, type Place } from "./names.js";
import type { Spec } from "./spec.js";

interface PushTarget {
  /** `localhost:4566/iris` or `123456789012.dkr.ecr.us-east-1.amazonaws.com/iris`. */
  readonly repositoryUri: string;
  readonly user: string;
  readonly password: string;
  readonly tag: string;
}

export interface Pushed {
  readonly bytesSent: number;
  /** Bytes of layers that the repository had already. */
  readonly bytesPresent: number;
}

/** An image to deploy, as AWS's APIs see it. */
export interface DesiredImage {
  /** `sha256:...` of the manifest. */
  readonly digest: string;
  readonly architecture: "x86_64" | "arm64";
  /** Sends the image to a registry. */
  readonly push: (target: PushTarget) => Promise<Pushed>;
}

export interface DesiredState {
  readonly spec: Spec;
  readonly names: Names;
  readonly image: DesiredImage;
  readonly api: Api;
  /**
   * The first 12 hex digits of the digest of `api`, recorded in the function's and the API deployment's descriptions.
   */
  readonly apiDigest: string;
  readonly kind: ApiSubject["kind"];
  /** What the model or the code is, in one line. */
  readonly model: string;
  /** Removes authorization, API key requirement and resource policy from the API instead of keeping them. */
  readonly removeProtection: boolean;
}

interface DesiredStateOptions extends ErrorPrefixes {
  readonly removeProtection?: boolean;
}

/** Lambda's limit of a function's description, in characters. */
const descriptionLengthMax = 256;

export function desiredState(
  spec: Spec,
  subject: ApiSubject,
  image: DesiredImage,
  place: Place,
  { removeProtection = false, ...prefixes }: DesiredStateOptions,
): DesiredState {
  const names = namesOf(spec.name, place);
  const api = gatewayApi(spec, subject, names, place, prefixes);
  const content = `${JSON.stringify(api.document)}\0${api.requestModel.schema}`;
  const apiDigest = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const { kind } = subject;
  const model = describeSubject(subject).slice(0, descriptionLengthMax - apiSuffix({ kind, apiDigest }).length);
  return { spec, names, image, api, apiDigest, kind, model, removeProtection };
}

/**
 * What a function's description records, for each version: what it is, and which API it was published with.
 */
interface RecordedApi {
  readonly kind: ApiSubject["kind"];
  readonly apiDigest: string;
}

export function functionDescription(model: string, api: RecordedApi): string {
  return model + apiSuffix(api);
}

function apiSuffix({ kind, apiDigest }: RecordedApi): string {
  return `; ${kind === "code" ? "code " : ""}api ${apiDigest}`;
}

const suffixForm = /; (code )?api ([0-9a-f]{12})$/;

/** What a function's description records; undefined for a version of another origin. */
export function recordedApiOf(description: string | undefined): RecordedApi | undefined {
  const [, code, apiDigest] = suffixForm.exec(description ?? "") ?? [];
  return apiDigest === undefined ? undefined : { kind: code ? "code" : "model", apiDigest };
}

/** What the model or the code is, from a function's description. */
export function modelOf(description: string | undefined): string {
  return (description ?? "").replace(suffixForm, "");
}

// The names of a deployment's resources, and the tag by which they are found.

import type { Spec } from "./spec.js";

/** On every resource of a deployment; its value is the deployment's name. */
export const deploymentTag = "tepal:deployment";

/** Where resources live. */
export interface Place {
  readonly account: string;
  readonly region: string;
  /** "aws", "aws-cn" or "aws-us-gov": the second part of every ARN. */
  readonly partition: string;
}

export interface Names {
  readonly deployment: string;
  readonly repository: string;
  readonly role: string;
  readonly roleArn: string;
  readonly function: string;
  readonly functionArn: string;
  readonly logGroup: string;
}

export function namesOf(deployment: string, { account, region, partition }: Place): Names {
  // Roles belong to the account, not to a region: two regions must not share one.
  const role = `tepal-${deployment}-${region}`;
  return {
    deployment,
    repository: deployment,
    role,
    roleArn: `arn:${partition}:iam::${account}:role/${role}`,
    function: deployment,
    functionArn: `arn:${partition}:lambda:${region}:${account}:function:${deployment}`,
    logGroup: `/aws/lambda/${deployment}`,
  };
}

/** Whether `tags` say that a resource belongs to the deployment. */
export function belongsTo(tags: Readonly<Record<string, string | undefined>> | undefined, deployment: string): boolean {
  return tags?.[deploymentTag] === deployment;
}

/** `Key` and `Value` of ECR and IAM as a plain record. */
export function tagRecord(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): Record<string, string> {
  return Object.fromEntries((tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}

/** The API's invoke URL: AWS's own, or below the endpoint of a local cloud. */
export function invokeUrl(
  { region, partition }: Place,
  endpoint: string | undefined,
  { restApiId, stage, route }: { readonly restApiId: string } & Pick<Spec, "stage" | "route">,
): string {
  if (endpoint !== undefined) return `${endpoint}/restapis/${restApiId}/${stage}/_user_request_${route}`;
  const domain = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  return `https://${restApiId}.execute-api.${region}.${domain}/${stage}${route}`;
}

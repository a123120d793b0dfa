// The deployments of an account and region, found by their tags.

import { GetDeploymentCommand, GetStagesCommand, paginateGetRestApis } from "@aws-sdk/client-api-gateway";
import { GetAliasCommand, GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import type { Aws } from "./aws.js";
import { undefinedOn, withAwsErrors } from "./aws-errors.js";
import { modelOf, recordedApiOf } from "./desired-state.js";
import { DeployError } from "./errors.js";
import { deploymentTag, invokeUrl, namesOf } from "./names.js";
import { snapshotContent } from "./resources/api-deployment.js";

/** One stage of one deployment, as `tepal list` shows it. */
export interface ListedStage {
  readonly name: string;
  readonly stage: string;
  readonly route: string;
  readonly url: string;
  /** "sklearn.svm.SVC (scikit-learn 0.23.2), 4 features, 3 classes" */
  readonly model: string;
  /** Whether callers reach a model, or the user's own code. */
  readonly kind: "model" | "code";
  /** The function's published version that the stage calls. */
  readonly version: string;
  readonly imageDigest: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** When the stage last changed, ISO 8601. */
  readonly updated: string;
}

/**
 * Every stage of every deployment, or of the one that `only` names. A deployment that was interrupted before its stage
 * has none.
 */
export async function listDeployments(aws: Aws, only?: string): Promise<ListedStage[]> {
  return withAwsErrors("Listing the deployments", async () => {
    const listed: ListedStage[] = [];
    for await (const { items = [] } of paginateGetRestApis({ client: aws.apigateway, pageSize: 500 }, {})) {
      for (const { id, tags } of items) {
        const name = tags?.[deploymentTag];
        if (id !== undefined && name !== undefined && (only === undefined || name === only)) {
          listed.push(...(await stagesOf(aws, name, id)));
        }
      }
    }
    return listed.sort((a, b) => (`${a.name}/${a.stage}` < `${b.name}/${b.stage}` ? -1 : 1));
  });
}

/**
 * One stage of one deployment. @throws DeployError "deployment-unknown", "aws-..."
 */
export async function findDeployment(aws: Aws, name: string, stage: string): Promise<ListedStage> {
  const found = (await listDeployments(aws, name)).find((one) => one.stage === stage);
  if (!found) throw new DeployError("deployment-unknown", `Deployment ${name} with stage ${stage} not found`);
  return found;
}

/** The URL under which a stage has its paths: the route, "/model" and "/openapi.json". */
export function baseUrlOf({ url, route }: Pick<ListedStage, "url" | "route">): string {
  return url.slice(0, -route.length);
}

async function stagesOf(aws: Aws, name: string, restApiId: string): Promise<ListedStage[]> {
  const FunctionName = namesOf(name, aws.place).function;
  const { item = [] } = await aws.apigateway.send(new GetStagesCommand({ restApiId }));
  const listed: ListedStage[] = [];
  for (const { stageName: stage = "", deploymentId, variables = {}, lastUpdatedDate } of item) {
    const { alias: Name } = variables;
    const { description } = await aws.apigateway.send(new GetDeploymentCommand({ restApiId, deploymentId }));
    const route = snapshotContent(description)?.route;
    if (Name === undefined || route === undefined) continue;
    const found = await undefinedOn(
      ["ResourceNotFoundException"],
      aws.lambda
        .send(new GetAliasCommand({ FunctionName, Name }))
        .then(({ FunctionVersion }) =>
          aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier: FunctionVersion })),
        ),
    );
    listed.push({
      name,
      stage,
      route,
      url: invokeUrl(aws.place, aws.endpoint, { restApiId, stage, route }),
      model: modelOf(found?.Description),
      kind: recordedApiOf(found?.Description)?.kind ?? "model",
      version: found?.Version ?? "",
      imageDigest: found?.CodeSha256 ? `sha256:${found.CodeSha256}` : "",
      memoryMb: found?.MemorySize ?? 0,
      timeoutSeconds: found?.Timeout ?? 0,
      updated: latest(lastUpdatedDate?.toISOString(), found?.LastModified),
    });
  }
  return listed;
}

/** A redeploy of a model changes only the alias: the version that it calls has the time. */
function latest(...times: readonly (string | undefined)[]): string {
  const ms = times.flatMap((time) => (time === undefined || Number.isNaN(Date.parse(time)) ? [] : Date.parse(time)));
  return ms.length === 0 ? "" : new Date(Math.max(...ms)).toISOString();
}

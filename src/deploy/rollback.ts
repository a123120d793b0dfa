import { UpdateStageCommand } from "@aws-sdk/client-api-gateway";
import {
  type FunctionConfiguration,
  GetAliasCommand,
  paginateListVersionsByFunction,
  UpdateAliasCommand,
} from "@aws-sdk/client-lambda";
import { absentAs, explaining } from "./aws-errors.js";
import { unknownDeployment } from "./destroy.js";
import { DeployError } from "./errors.js";
import { historyAfter, historyOf, historyText } from "./history.js";
import { untilConsistent } from "./patience.js";
import { findApiDeployment } from "./resources/api-deployment.js";
import type { Context } from "./resources/resource.js";
import { restApisOf } from "./resources/rest-api.js";
import { apiDigestOf, modelOf } from "./want.js";

export interface RolledBack {
  readonly from: string;
  readonly to: string;
  /** What the version that answers from here on is. */
  readonly model: string;
}

/**
 * Points a stage's alias to an earlier version (`toVersion`, or the one that it served before), and the stage to the API that this
 * version was published with: an older model may take other columns.
 * @throws DeployError "deployment-unknown", "version-unknown"
 */
export async function rollback(context: Context, stageName: string, toVersion?: string): Promise<RolledBack> {
  const { aws, names } = context;
  return explaining(`Rolling back ${names.deployment}`, async () => {
    const alias = await absentAs(
      ["ResourceNotFoundException"],
      aws.lambda.send(new GetAliasCommand({ FunctionName: names.function, Name: stageName })),
    );
    const [restApi] = await restApisOf(aws, names.deployment);
    if (!alias || !restApi?.id) throw unknownDeployment(context);
    const from = alias.FunctionVersion ?? "";
    const history = historyOf(alias.Description);
    const target = targetVersion(await publishedVersions(context), from, history, toVersion);
    const to = target.Version ?? "";

    await aws.lambda.send(
      new UpdateAliasCommand({
        FunctionName: names.function,
        Name: stageName,
        FunctionVersion: to,
        Description: historyText(historyAfter(history, from, to)),
      }),
    );
    const apiDigest = apiDigestOf(target.Description);
    const deploymentId = apiDigest && (await findApiDeployment(aws, restApi.id, apiDigest));
    if (deploymentId) {
      const patchOperations = [{ op: "replace" as const, path: "/deploymentId", value: deploymentId }];
      await untilConsistent(aws, () =>
        aws.apigateway.send(new UpdateStageCommand({ restApiId: restApi.id, stageName, patchOperations })),
      );
    }
    return { from, to, model: modelOf(target.Description) };
  });
}

async function publishedVersions({ aws, names }: Context): Promise<FunctionConfiguration[]> {
  const found: FunctionConfiguration[] = [];
  for await (const { Versions = [] } of paginateListVersionsByFunction(
    { client: aws.lambda },
    { FunctionName: names.function },
  )) {
    found.push(...Versions.filter(({ Version }) => Version !== "$LATEST"));
  }
  return found.sort((a, b) => Number(a.Version) - Number(b.Version));
}

function targetVersion(
  versions: readonly FunctionConfiguration[],
  from: string,
  history: readonly string[],
  toVersion: string | undefined,
): FunctionConfiguration {
  const wanted = toVersion ?? history.findLast((version) => versions.some(({ Version }) => Version === version));
  const target = versions.find(({ Version }) => Version === wanted);
  if (target) return target;
  const there = versions.map(({ Version }) => Version).join(", ");
  throw new DeployError(
    "version-unknown",
    toVersion === undefined
      ? `This stage has served no version before ${from}; --to names another one`
      : `There is no version ${toVersion}; there are ${there}`,
  );
}

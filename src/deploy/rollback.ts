import { GetStageCommand } from "@aws-sdk/client-api-gateway";
import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import { withAwsErrors } from "./aws-errors.js";
import { modelOf, recordedApiOf } from "./desired-state.js";
import { unknownDeployment } from "./destroy.js";
import { DeployError } from "./errors.js";
import { historyAfter, historyOf, historyText } from "./history.js";
import { fingerprintOf } from "./protection/protection.js";
import { readProtection } from "./protection/read-protection.js";
import { pointAlias } from "./resources/alias.js";
import { apiDeploymentsOf, servedDeployment } from "./resources/api-deployment.js";
import type { Context } from "./resources/resource.js";
import { restApisOf } from "./resources/rest-api.js";
import { switchStage } from "./resources/stage.js";
import { publishedVersions, readAlias } from "./resources/version.js";

interface RolledBack {
  readonly from: string;
  readonly to: string;
  /** What the version that the stage serves now is: its model or code, in one line. */
  readonly model: string;
  /**
   * The API that the stage serves: the API that was deployed with the version; or the API from before the rollback
   * ("kept"), if no deployment of the version's API exists with the current protection.
   */
  readonly api: "of-version" | "kept";
}

/**
 * Points a stage's alias to an earlier version (`toVersion`, default: the version that it served before), and the stage
 * to the API that was deployed with this version: an older model can have other columns. A protected API remains
 * protected.
 * @throws DeployError "deployment-unknown", "version-unknown"
 */
export async function rollback(context: Context, stageName: string, toVersion?: string): Promise<RolledBack> {
  const { aws, names } = context;
  return withAwsErrors(`Rolling back ${names.deployment}`, async () => {
    const alias = await readAlias(context, stageName);
    const [restApi] = await restApisOf(aws, names.deployment);
    if (!alias || !restApi?.id) throw unknownDeployment(context);
    const from = alias.FunctionVersion ?? "";
    const history = historyOf(alias.Description);
    const target = targetVersion(await publishedVersions(context), from, history, toVersion);
    const to = target.Version ?? "";
    // Before any change, because this throws if the API's protection cannot be read.
    const snapshot = await snapshotFor(context, restApi.id, stageName, recordedApiOf(target.Description)?.apiDigest);

    await pointAlias(context, stageName, to, historyText(historyAfter(history, from, to)));
    const stage = await aws.apigateway.send(new GetStageCommand({ restApiId: restApi.id, stageName }));
    if (snapshot && stage.deploymentId !== snapshot.id) {
      await switchStage(aws, restApi.id, stage, snapshot.id, snapshot.content?.route);
    }
    return { from, to, model: modelOf(target.Description), api: snapshot ? "of-version" : "kept" };
  });
}

/** The snapshot of the version's API with the current protection; undefined if there is no such snapshot. */
async function snapshotFor({ aws }: Context, restApiId: string, stageName: string, apiDigest: string | undefined) {
  const snapshots = await apiDeploymentsOf(aws, restApiId);
  const candidates = snapshots.filter(({ content }) => content && content.apiDigest === apiDigest);
  const [newest] = candidates;
  if (!newest?.content) return undefined;
  const served = await servedDeployment(aws, restApiId, stageName, snapshots);
  const fingerprint = fingerprintOf(await readProtection(aws, restApiId, newest.content.route, served));
  return candidates.find(({ content }) => content?.fingerprint === fingerprint);
}

function targetVersion(
  versions: readonly FunctionConfiguration[],
  from: string,
  history: readonly string[],
  toVersion: string | undefined,
): FunctionConfiguration {
  const number = toVersion ?? history.findLast((each) => versions.some(({ Version }) => Version === each));
  const target = versions.find(({ Version }) => Version === number);
  if (target) return target;
  const existing = versions.map(({ Version }) => Version).join(", ");
  throw new DeployError(
    "version-unknown",
    toVersion === undefined
      ? `The stage has no earlier version than ${from} in its history. Specify a version with --to`
      : `Version ${toVersion} not found. Existing versions: ${existing}`,
  );
}

import { GetExportCommand } from "@aws-sdk/client-api-gateway";
import { infoPaths } from "../contract/index.js";
import { infoEvent, securityOf } from "./api/info-routes.js";
import type { Aws } from "./aws.js";
import { withAwsErrors } from "./aws-errors.js";
import { DeployError } from "./errors.js";
import { invokeFunction } from "./invoke.js";
import { baseUrlOf, findDeployment } from "./list.js";
import { namesOf } from "./names.js";
import { methodProtection } from "./protection/protection.js";
import { readProtection } from "./protection/read-protection.js";
import { apiDeploymentsOf, servedDeployment } from "./resources/api-deployment.js";
import { restApisOf } from "./resources/rest-api.js";

/**
 * The OpenAPI document of a deployed API, with its URL and authorization: of a model as `GET /openapi.json` returns it,
 * but read from the function, which needs no authorization of the API; of code as API Gateway exports it.
 * @returns JSON
 * @throws DeployError "deployment-unknown", "openapi-unavailable", "aws-..."
 */
export async function deployedOpenApi(aws: Aws, name: string, stage: string): Promise<string> {
  const found = await findDeployment(aws, name, stage);
  const { route, kind } = found;
  const restApiId = await restApiIdOf(aws, name);
  const server = baseUrlOf(found);
  if (kind === "code") return withServer(await exportedDocument(aws, restApiId, stage), server);
  const protection = await withAwsErrors("Reading the API", async () => {
    const deployments = await apiDeploymentsOf(aws, restApiId);
    return readProtection(aws, restApiId, route, await servedDeployment(aws, restApiId, stage, deployments));
  });
  const security = securityOf(methodProtection(protection, route, route, "POST"));
  const event = JSON.stringify(infoEvent(infoPaths.document, { name, route }, security));
  const { status, body } = await invokeFunction({ aws, names: namesOf(name, aws.place) }, stage, event);
  if (status !== 200) {
    throw new DeployError("openapi-unavailable", `Version ${found.version} of ${name} has no OpenAPI document`);
  }
  return withServer(body, server);
}

async function restApiIdOf(aws: Aws, name: string): Promise<string> {
  const [api] = await withAwsErrors("Reading the API", () => restApisOf(aws, name));
  // It was deleted since its stages were listed.
  if (!api?.id) throw new DeployError("deployment-unknown", `The API of deployment ${name} was not found`);
  return api.id;
}

async function exportedDocument(aws: Aws, restApiId: string, stageName: string): Promise<string> {
  const input = { restApiId, stageName, exportType: "oas30", accepts: "application/json" };
  const { body } = await withAwsErrors("Exporting the API", () => aws.apigateway.send(new GetExportCommand(input)));
  return Buffer.from(body ?? []).toString("utf8");
}

function withServer(document: string, url: string): string {
  return JSON.stringify({ ...JSON.parse(document), servers: [{ url }] }, null, 2);
}

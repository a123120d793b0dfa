import { badRequest } from "../../errors.js";
import { exportDocument } from "../../openapi/export-document.js";
import { type ApiGatewayOperation, requireApi } from "../../state.js";
import { requireDeployment } from "../deployment/deployment.js";
import { requireStage } from "../stage/stage.js";

/** Exports the deployment of a stage, not the API as it is being edited. */
export const getExport: ApiGatewayOperation<"GetExport"> = async (input, state, call) => {
  const { exportType, accepts = "application/json" } = input;
  if (exportType !== "oas30" && exportType !== "swagger") {
    throw badRequest(`No API exporter for type '${exportType}'`);
  }
  if (accepts !== "application/json") throw badRequest(`The local cloud exports application/json only, not ${accepts}`);
  const api = requireApi(state, call, input.restApiId);
  const stage = requireStage(state, call, input.restApiId, input.stageName);
  const deployment = requireDeployment(state, call, input.restApiId, stage.deploymentId);
  const extensions = (input.parameters?.extensions ?? "").split(",").map((name) => name.trim());
  const version = api.version ?? new Date(deployment.createdMs).toISOString();
  const document = await exportDocument(deployment.definition, {
    dialect: exportType,
    title: api.name,
    version,
    host: `${api.id}.execute-api.${call.region}.amazonaws.com`,
    stageName: stage.stageName,
    withIntegrations: extensions.includes("integrations") || extensions.includes("apigateway"),
    withSettings: extensions.includes("apigateway"),
  });
  return {
    contentType: "application/octet-stream",
    contentDisposition: `attachment; filename="${exportType}_${version.replace(/[^\w.:+-]+/g, "_")}.json"`,
    body: Buffer.from(JSON.stringify(document, undefined, 2)),
  };
};

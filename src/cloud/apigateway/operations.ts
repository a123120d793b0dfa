// The table of API Gateway's operations, by AWS name. Every operation of the service is either in it or listed as not
// implemented.

import type { Handler, OperationName } from "../protocol/operation.js";
import { accountOperations } from "./operations/account/index.js";
import { apiOperations } from "./operations/api/index.js";
import { deploymentOperations } from "./operations/deployment/index.js";
import { gatewayResponseOperations } from "./operations/gateway-response/index.js";
import { integrationOperations } from "./operations/integration/index.js";
import { integrationResponseOperations } from "./operations/integration-response/index.js";
import { methodOperations } from "./operations/method/index.js";
import { methodResponseOperations } from "./operations/method-response/index.js";
import { modelOperations } from "./operations/model/index.js";
import { requestValidatorOperations } from "./operations/request-validator/index.js";
import { resourceOperations } from "./operations/resource/index.js";
import { stageOperations } from "./operations/stage/index.js";
import { tagOperations } from "./operations/tags/index.js";
import type { ApiGatewayState } from "./state.js";

/** AWS's operations for which this cloud returns NotImplementedException. */
type NotImplemented = Extract<
  OperationName<"apigateway">,
  | `${string}${"ApiKey" | "ApiKeys" | "UsagePlan" | "UsagePlans" | "UsagePlanKey" | "UsagePlanKeys" | "Usage"}`
  | `${string}${"Authorizer" | "Authorizers" | "AuthorizersCache" | "StageCache"}`
  | `${string}${"DomainName" | "DomainNames" | "BasePathMapping" | "BasePathMappings"}`
  | `${string}${"DomainNameAccessAssociation" | "DomainNameAccessAssociations"}`
  | `${string}${"ClientCertificate" | "ClientCertificates" | "VpcLink" | "VpcLinks"}`
  | `${string}${"DocumentationPart" | "DocumentationParts" | "DocumentationVersion" | "DocumentationVersions"}`
  | `${string}${"ModelTemplate" | "Sdk" | "SdkType" | "SdkTypes"}`
>;

type OperationsTable = {
  readonly [Name in Exclude<OperationName<"apigateway">, NotImplemented>]: Handler<"apigateway", Name, ApiGatewayState>;
} & { readonly [Name in NotImplemented]?: never };

export const operations: OperationsTable = {
  ...accountOperations,
  ...apiOperations,
  ...deploymentOperations,
  ...gatewayResponseOperations,
  ...integrationOperations,
  ...integrationResponseOperations,
  ...methodOperations,
  ...methodResponseOperations,
  ...modelOperations,
  ...requestValidatorOperations,
  ...resourceOperations,
  ...stageOperations,
  ...tagOperations,
};

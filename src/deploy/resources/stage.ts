import {
  CreateStageCommand,
  GetStageCommand,
  type PatchOperation,
  type Stage,
  UpdateStageCommand,
} from "@aws-sdk/client-api-gateway";
import { absentAs } from "../aws-errors.js";
import { deploymentTag } from "../names.js";
import { untilConsistent } from "../patience.js";
import { absent, given, type ResourceDefinition } from "./resource.js";

/** The stage, which serves one API deployment and calls the alias of its own name. */
export const stage: ResourceDefinition<Stage> = {
  kind: "stage",
  name: ({ spec }) => spec.stage,

  read: async ({ aws }, { spec }, { restApiId }) =>
    restApiId === undefined
      ? undefined
      : absentAs(["NotFoundException"], aws.apigateway.send(new GetStageCommand({ restApiId, stageName: spec.stage }))),

  difference(seen, { spec }, { apiDeploymentId }) {
    if (!seen) return absent;
    const why: string[] = [];
    if (seen.variables?.alias !== spec.stage) why.push(`it calls ${seen.variables?.alias ?? "no alias"}`);
    // A deployment that is still to be made has no id yet: it is another one for certain.
    if (apiDeploymentId === undefined || seen.deploymentId !== apiDeploymentId)
      why.push("it serves another API deployment");
    return why.length > 0 ? { action: "update", why } : undefined;
  },

  async change({ aws, names }, seen, { spec }, facts) {
    const restApiId = given(facts.restApiId, "the API's id");
    const deploymentId = given(facts.apiDeploymentId, "the API deployment's id");
    const target = { restApiId, stageName: spec.stage };
    if (seen) {
      const patchOperations: PatchOperation[] = [
        { op: "replace", path: "/deploymentId", value: deploymentId },
        { op: "replace", path: "/variables/alias", value: spec.stage },
      ];
      await untilConsistent(aws, () => aws.apigateway.send(new UpdateStageCommand({ ...target, patchOperations })));
    } else {
      // The variable is a part of the integration's address.
      const variables = { alias: spec.stage };
      const tags = { [deploymentTag]: names.deployment };
      await untilConsistent(aws, () =>
        aws.apigateway.send(new CreateStageCommand({ ...target, deploymentId, variables, tags })),
      );
    }
    return { detail: `serves ${deploymentId}` };
  },
};

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
import type { Spec } from "../spec.js";
import { absent, given, type ResourceDefinition } from "./resource.js";

/** The stage, which serves one API deployment. Its variables say which alias it calls and which route it has. */
export const stage: ResourceDefinition<Stage> = {
  kind: "stage",
  name: ({ spec }) => spec.stage,

  read: async ({ aws }, { spec }, { restApiId }) =>
    restApiId === undefined
      ? undefined
      : absentAs(["NotFoundException"], aws.apigateway.send(new GetStageCommand({ restApiId, stageName: spec.stage }))),

  difference(seen, { spec }, { apiDeploymentId }) {
    if (!seen) return absent;
    const why = Object.entries(variablesOf(spec))
      .filter(([name, value]) => seen.variables?.[name] !== value)
      .map(([name, value]) => `${name} ${seen.variables?.[name] ?? "unset"} instead of ${value}`);
    // A deployment that is still to be made has no id yet: it is another one for certain.
    if (apiDeploymentId === undefined || seen.deploymentId !== apiDeploymentId)
      why.push("it serves another API deployment");
    return why.length > 0 ? { action: "update", why } : undefined;
  },

  async change({ aws, names }, seen, { spec }, facts) {
    const restApiId = given(facts.restApiId, "the API's id");
    const deploymentId = given(facts.apiDeploymentId, "the API deployment's id");
    const variables = variablesOf(spec);
    const target = { restApiId, stageName: spec.stage };
    if (seen) {
      const patchOperations: PatchOperation[] = [
        { op: "replace", path: "/deploymentId", value: deploymentId },
        ...Object.entries(variables).map(
          ([name, value]): PatchOperation => ({ op: "replace", path: `/variables/${name}`, value }),
        ),
      ];
      await untilConsistent(aws, () => aws.apigateway.send(new UpdateStageCommand({ ...target, patchOperations })));
    } else {
      const tags = { [deploymentTag]: names.deployment };
      await untilConsistent(aws, () =>
        aws.apigateway.send(new CreateStageCommand({ ...target, deploymentId, variables, tags })),
      );
    }
    return { detail: `serves ${deploymentId}` };
  },
};

/** `alias` is part of the integration's address; `route` lets `tepal list` and `tepal invoke` find the URL. */
export function variablesOf({ stage, route }: Pick<Spec, "stage" | "route">): Record<string, string> {
  return { alias: stage, route };
}

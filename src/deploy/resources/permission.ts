import { AddPermissionCommand, GetPolicyCommand, RemovePermissionCommand } from "@aws-sdk/client-lambda";
import { absentAs } from "../aws-errors.js";
import type { Wanted } from "../wanted.js";
import { absent, type Facts, given, type ResourceDefinition } from "./resource.js";

interface SeenPermission {
  readonly sourceArn: string | undefined;
}

/** Lets this API's stage, and nobody else, invoke the stage's alias. */
export const permission: ResourceDefinition<SeenPermission> = {
  kind: "permission",
  name: ({ spec }) => `API Gateway may invoke ${spec.stage}`,

  async read({ aws, names }, { spec }) {
    const answer = await absentAs(
      ["ResourceNotFoundException"],
      aws.lambda.send(new GetPolicyCommand({ FunctionName: names.function, Qualifier: spec.stage })),
    );
    return answer?.Policy === undefined ? undefined : statementOf(answer.Policy, statementId(spec.stage));
  },

  difference(seen, wanted, facts) {
    if (!seen) return absent;
    if (facts.restApiId !== undefined && seen.sourceArn === sourceArn(wanted, facts)) return undefined;
    return { action: "update", why: ["it is another API's"] };
  },

  async change({ aws, names }, seen, wanted, facts) {
    const target = {
      FunctionName: names.function,
      Qualifier: wanted.spec.stage,
      StatementId: statementId(wanted.spec.stage),
    };
    if (seen) await aws.lambda.send(new RemovePermissionCommand(target));
    await aws.lambda.send(
      new AddPermissionCommand({
        ...target,
        Action: "lambda:InvokeFunction",
        Principal: "apigateway.amazonaws.com",
        SourceArn: sourceArn(wanted, facts),
      }),
    );
    return {};
  },
};

function statementId(stage: string): string {
  return `tepal-api-${stage}`;
}

/** Any path: the API is the deployment's own, and another route must not need another permission. */
function sourceArn({ names, spec }: Wanted, { restApiId }: Facts): string {
  const [, partition, , region, account] = names.functionArn.split(":");
  const id = given(restApiId, "the API's id");
  return `arn:${partition}:execute-api:${region}:${account}:${id}/${spec.stage}/POST/*`;
}

interface Statement {
  readonly Sid?: string;
  readonly Condition?: { readonly ArnLike?: Readonly<Record<string, string>> };
}

function statementOf(policy: string, id: string): SeenPermission | undefined {
  const { Statement = [] } = JSON.parse(policy) as { readonly Statement?: readonly Statement[] };
  const ours = Statement.find(({ Sid }) => Sid === id);
  return ours && { sourceArn: ours.Condition?.ArnLike?.["AWS:SourceArn"] };
}

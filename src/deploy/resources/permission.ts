import { AddPermissionCommand, GetPolicyCommand, RemovePermissionCommand } from "@aws-sdk/client-lambda";
import { undefinedOn } from "../aws-errors.js";
import type { DesiredState } from "../desired-state.js";
import { knownAfterApply } from "./attributes.js";
import type { Context, Outcome, Outputs, ResourceDefinition } from "./resource.js";

interface PermissionAttributes {
  /** The methods that may invoke the alias. */
  readonly sourceArn: string;
}

/** Allows this API's stage, and no other caller, to invoke the stage's alias. */
export const permission: ResourceDefinition<PermissionAttributes> = {
  kind: "permission",
  name: ({ spec }) => `API Gateway may invoke ${spec.stage}`,
  attributes: { sourceArn: { label: "source", desired: sourceArn } },
  provider: {
    async read({ aws, names }, { spec }) {
      const response = await undefinedOn(
        ["ResourceNotFoundException"],
        aws.lambda.send(new GetPolicyCommand({ FunctionName: names.function, Qualifier: spec.stage })),
      );
      const id = statementId(spec.stage);
      const statement = statementsOf(response?.Policy).find(({ Sid }) => Sid === id);
      if (!statement) return undefined;
      const found = statement.Condition?.ArnLike?.["AWS:SourceArn"];
      return { id, attributes: found === undefined ? {} : { sourceArn: found } };
    },

    create: (context, { sourceArn }, { spec }) => add(context, spec.stage, sourceArn),

    async update(context, { sourceArn }, { id }, { spec }) {
      const target = { FunctionName: context.names.function, Qualifier: spec.stage, StatementId: id };
      await context.aws.lambda.send(new RemovePermissionCommand(target));
      return add(context, spec.stage, sourceArn);
    },
  },
};

async function add({ aws, names }: Context, stage: string, SourceArn: string): Promise<Outcome> {
  await aws.lambda.send(
    new AddPermissionCommand({
      FunctionName: names.function,
      Qualifier: stage,
      StatementId: statementId(stage),
      Action: "lambda:InvokeFunction",
      Principal: "apigateway.amazonaws.com",
      SourceArn,
    }),
  );
  return {};
}

function statementId(stage: string): string {
  return `tepal-api-${stage}`;
}

/**
 * Every method and path of the API, which is the deployment's own: another route then needs no other permission. Code
 * has only the POST.
 */
function sourceArn({ names, spec, kind }: DesiredState, { restApiId }: Outputs): string | typeof knownAfterApply {
  if (restApiId === undefined) return knownAfterApply;
  const [, partition, , region, account] = names.functionArn.split(":");
  return `arn:${partition}:execute-api:${region}:${account}:${restApiId}/${spec.stage}/${kind === "code" ? "POST" : "*"}/*`;
}

interface Statement {
  readonly Sid?: string;
  readonly Condition?: { readonly ArnLike?: Readonly<Record<string, string>> };
}

function statementsOf(policy: string | undefined): readonly Statement[] {
  if (policy === undefined) return [];
  const { Statement = [] } = JSON.parse(policy) as { readonly Statement?: readonly Statement[] };
  return Statement;
}

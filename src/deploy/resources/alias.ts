import { CreateAliasCommand, UpdateAliasCommand } from "@aws-sdk/client-lambda";
import { historyOf, historyText } from "../history.js";
import { knownAfterApply, required } from "./attributes.js";
import type { Context, Found, ResourceDefinition } from "./resource.js";
import { readAlias } from "./version.js";

interface AliasAttributes {
  readonly version: string;
}

interface FoundAlias extends Found<AliasAttributes> {
  readonly version: string;
  readonly description: string;
}

/** The alias, named by the stage, that the API calls. Pointing it to another version switches every caller. */
export const alias: ResourceDefinition<AliasAttributes, FoundAlias> = {
  kind: "alias",
  name: ({ spec }) => spec.stage,
  attributes: {
    version: { label: "version", desired: (_state, { version }) => version ?? knownAfterApply },
  },
  provider: {
    async read(context, { spec }) {
      const found = await readAlias(context, spec.stage);
      if (!found) return undefined;
      const version = required(found.FunctionVersion, "version of the alias");
      const { Description: description = "" } = found;
      return { id: spec.stage, version, description, attributes: { version }, detail: `version ${version}` };
    },

    async create({ aws, names }, { version }, { spec }) {
      await aws.lambda.send(
        new CreateAliasCommand({ FunctionName: names.function, Name: spec.stage, FunctionVersion: version }),
      );
      return { detail: `version ${version}` };
    },

    async update(context, { version }, before, { spec }) {
      // Also where an earlier version is deployed again: a rollback then returns to the one before.
      const history = [...historyOf(before.description), before.version];
      await pointAlias(context, spec.stage, version, historyText(history));
      return {
        detail: `version ${version}`,
        undo: () => pointAlias(context, spec.stage, before.version, before.description),
      };
    },
  },
};

/** `description` records the versions that the alias called before. */
export async function pointAlias(
  { aws, names }: Context,
  name: string,
  version: string,
  description: string,
): Promise<void> {
  const target = { FunctionName: names.function, Name: name, FunctionVersion: version, Description: description };
  await aws.lambda.send(new UpdateAliasCommand(target));
}

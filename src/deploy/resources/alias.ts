import {
  CreateAliasCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
} from "@aws-sdk/client-lambda";
import { absentAs } from "../aws-errors.js";
import { historyAfter, historyOf, historyText } from "../history.js";
import { untilConsistent } from "../patience.js";
import { type FunctionFacts, functionFacts, settled, unlike } from "./function-facts.js";
import { absent, given, type ResourceDefinition } from "./resource.js";

interface SeenAlias extends FunctionFacts {
  readonly version: string;
  readonly history: readonly string[];
}

/** A published version of the function, and the alias, named by the stage, that points to it. */
export const alias: ResourceDefinition<SeenAlias> = {
  kind: "alias",
  name: ({ spec }) => spec.stage,

  async read({ aws, names }, { spec }) {
    const found = await absentAs(
      ["ResourceNotFoundException"],
      aws.lambda.send(new GetAliasCommand({ FunctionName: names.function, Name: spec.stage })),
    );
    if (!found) return undefined;
    const version = given(found.FunctionVersion, "the alias's version");
    const configuration = await aws.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: names.function, Qualifier: version }),
    );
    return { ...functionFacts(configuration), version, history: historyOf(found.Description) };
  },

  detailOf: ({ version }) => `version ${version}`,

  difference(seen, wanted) {
    if (!seen) return absent;
    const why = unlike(seen, wanted);
    return why.length > 0
      ? { action: "update", why: [`against version ${seen.version}: ${why.join(", ")}`] }
      : undefined;
  },

  async change({ aws, names }, seen, { spec, image }) {
    const published = await untilConsistent(aws, () =>
      aws.lambda.send(
        // The digest guards against publishing what somebody else has put there in the meantime.
        new PublishVersionCommand({ FunctionName: names.function, CodeSha256: image.digest.slice("sha256:".length) }),
      ),
    );
    const version = given(published.Version, "the version");
    await settled(aws, names.function, version);
    const history = seen ? historyAfter(seen.history, seen.version, version) : [];
    const target = {
      FunctionName: names.function,
      Name: spec.stage,
      FunctionVersion: version,
      Description: historyText(history),
    };
    if (seen) await aws.lambda.send(new UpdateAliasCommand(target));
    else await aws.lambda.send(new CreateAliasCommand(target));
    return { detail: `version ${version}` };
  },
};

import type { Handler } from "../../protocol/operation.js";
import { describe, findRepository } from "../content/repositories.js";
import { repositoryPlace } from "../names.js";
import { ecrPage } from "../pagination.js";
import type { EcrState } from "../state.js";

export const describeRepositories: Handler<"ecr", "DescribeRepositories", EcrState> = (input, state, call) => {
  const { registryId, repositoryNames } = input;
  if (repositoryNames !== undefined && repositoryNames.length > 0) {
    const repositories = repositoryNames.map((repositoryName) => {
      const place = repositoryPlace({ registryId, repositoryName }, call);
      return describe(state, place, findRepository(state, place));
    });
    return { repositories };
  }
  const { account, region } = call;
  if (registryId !== undefined && registryId !== account) return { repositories: [] };
  const all = state.repositories.list([account, region]).map(({ key, document }) => ({ name: key.at(-1)!, document }));
  const page = ecrPage(all, ({ name }) => name, input);
  return {
    repositories: page.items.map(({ name, document }) => describe(state, { account, region, name }, document)),
    nextToken: page.nextToken,
  };
};

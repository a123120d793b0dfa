import { DescribeImagesCommand, GetAuthorizationTokenCommand } from "@aws-sdk/client-ecr";
import type { Aws } from "../aws.js";
import { undefinedOn } from "../aws-errors.js";
import { required } from "./attributes.js";
import type { ResourceDefinition } from "./resource.js";

interface ImageAttributes {
  readonly digest: string;
}

/** The function image in the repository. Every image keeps a tag of its own, so that a rollback finds it. */
export const image: ResourceDefinition<ImageAttributes> = {
  kind: "image",
  name: ({ image }) => shortDigest(image.digest),
  attributes: { digest: { label: "digest", text: shortDigest, desired: ({ image }) => image.digest } },
  provider: {
    async read({ aws, names }, { image: { digest } }) {
      const response = await undefinedOn(
        ["ImageNotFoundException", "RepositoryNotFoundException"],
        aws.ecr.send(
          new DescribeImagesCommand({ repositoryName: names.repository, imageIds: [{ imageDigest: digest }] }),
        ),
      );
      return response?.imageDetails?.length ? { id: digest, attributes: { digest } } : undefined;
    },

    async create({ aws }, { digest }, { image }, { repositoryUri }) {
      const credentials = await registryCredentials(aws);
      const target = { repositoryUri: required(repositoryUri, "repository URI"), ...credentials, tag: tagOf(digest) };
      return { pushed: await image.push(target) };
    },
  },
};

/** For HTTP's basic authentication at the registry. */
export async function registryCredentials({ ecr }: Aws): Promise<{ readonly user: string; readonly password: string }> {
  const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand({}));
  // The token is "AWS:password" in base64.
  const token = required(authorizationData?.[0]?.authorizationToken, "ECR token");
  const [user = "", password = ""] = Buffer.from(token, "base64").toString().split(":", 2);
  return { user, password };
}

/** A tag cannot contain a colon. */
function tagOf(digest: string): string {
  return shortDigest(digest).replace(":", "-");
}

/** "sha256:" and 12 hex digits. */
export function shortDigest(digest: string): string {
  return digest.slice(0, "sha256:".length + 12);
}

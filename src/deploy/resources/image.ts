import { DescribeImagesCommand, GetAuthorizationTokenCommand } from "@aws-sdk/client-ecr";
import { absentAs } from "../aws-errors.js";
import { bytesText } from "../words.js";
import { absent, given, type ResourceDefinition } from "./resource.js";

/** The function image in the repository. Every image stays there under its own tag, so that a rollback finds it. */
export const image: ResourceDefinition<true> = {
  kind: "image",
  name: ({ image }) => shortDigest(image.digest),

  async read({ aws, names }, { image }) {
    const answer = await absentAs(
      ["ImageNotFoundException", "RepositoryNotFoundException"],
      aws.ecr.send(
        new DescribeImagesCommand({ repositoryName: names.repository, imageIds: [{ imageDigest: image.digest }] }),
      ),
    );
    return answer?.imageDetails?.length ? true : undefined;
  },

  difference: (seen) => (seen ? undefined : absent),

  async change({ aws }, _seen, { image }, { repositoryUri }) {
    const { authorizationData } = await aws.ecr.send(new GetAuthorizationTokenCommand({}));
    const token = given(authorizationData?.[0]?.authorizationToken, "an ECR token");
    // The token is "AWS:password" in base64, for HTTP's basic authentication.
    const [user = "", password = ""] = Buffer.from(token, "base64").toString().split(":", 2);
    const { bytesSent, bytesPresent } = await image.push({
      repositoryUri: given(repositoryUri, "the repository's URI"),
      user,
      password,
      tag: tagOf(image.digest),
    });
    return { detail: `${bytesText(bytesSent)} sent, ${bytesText(bytesPresent)} already there` };
  },
};

/** A tag cannot hold a colon. */
function tagOf(digest: string): string {
  return digest.replace(":", "-").slice(0, "sha256-".length + 12);
}

function shortDigest(digest: string): string {
  return digest.slice(0, "sha256:".length + 12);
}

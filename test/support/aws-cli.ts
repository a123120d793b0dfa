import type { RunningCloud } from "../../src/cloud/index.js";
import { type Ran, run, runWell } from "./run.js";

/** Environment in which AWS's own tools call a Tepal cloud and see no configuration of the machine. */
export function awsEnvironment({ url }: Pick<RunningCloud, "url">, { account = "test", region = "us-east-1" } = {}) {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
    // No retries: a call that fails once is a failure.
    AWS_MAX_ATTEMPTS: "1",
  };
}

export interface AwsCli {
  /** Runs `aws WORDS ...`, which must succeed, and returns what it prints, parsed if it is JSON. */
  readonly aws: (words: string, ...args: string[]) => Promise<unknown>;
  /** The same, which may fail. */
  readonly tryAws: (words: string, ...args: string[]) => Promise<Ran>;
}

/** The aws CLI on a Tepal cloud. `words` is split at spaces; further arguments are passed unchanged. */
export function awsCli(cloud: Pick<RunningCloud, "url">, who: { account?: string; region?: string } = {}): AwsCli {
  const env = awsEnvironment(cloud, who);
  const commandOf = (words: string, args: readonly string[]) => ["--output", "json", ...words.split(" "), ...args];
  return {
    async aws(words, ...args) {
      const text = await runWell("aws", commandOf(words, args), { env });
      return /^[[{"]/.test(text) ? JSON.parse(text) : text;
    },
    tryAws: (words, ...args) => run("aws", commandOf(words, args), { env }),
  };
}

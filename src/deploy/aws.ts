import { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { ECRClient } from "@aws-sdk/client-ecr";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Clock } from "../base/index.js";
import type { Place } from "./names.js";

interface AwsOptions {
  /** undefined: the region of the environment or the profile. */
  readonly region?: string;
  /** Endpoint of another AWS than Amazon's, such as the local cloud; undefined: Amazon's. */
  readonly endpoint?: string;
  /** undefined: the SDK's default credential chain. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Clients of one AWS account and region. */
export interface Aws {
  readonly place: Place;
  readonly endpoint: string | undefined;
  readonly apigateway: APIGatewayClient;
  readonly ecr: ECRClient;
  readonly iam: IAMClient;
  readonly lambda: LambdaClient;
  readonly logs: CloudWatchLogsClient;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
  close(): void;
}

/** Creates the clients and gets the caller's identity: account and partition are parts of every ARN. */
export async function connectAws({ region, endpoint, credentials, clock, sleep }: AwsOptions): Promise<Aws> {
  const configuration = { region, endpoint, credentials };
  const sts = new STSClient(configuration);
  const [{ Account = "", Arn = "" }, usedRegion] = await Promise.all([
    sts.send(new GetCallerIdentityCommand({})),
    sts.config.region(),
  ]);
  const clients = {
    apigateway: new APIGatewayClient(configuration),
    ecr: new ECRClient(configuration),
    iam: new IAMClient(configuration),
    lambda: new LambdaClient(configuration),
    logs: new CloudWatchLogsClient(configuration),
  };
  return {
    place: { account: Account, region: usedRegion, partition: Arn.split(":")[1] ?? "aws" },
    endpoint,
    ...clients,
    clock,
    sleep,
    close: () => {
      for (const client of [sts, ...Object.values(clients)]) client.destroy();
    },
  };
}

import type { Account } from "@aws-sdk/client-api-gateway";

/** AWS's limits for a new account; they are told, not enforced. */
const throttleSettings = { burstLimit: 5000, rateLimit: 10000 };

export function accountOf({ cloudwatchRoleArn }: { readonly cloudwatchRoleArn?: string }): Account {
  return { cloudwatchRoleArn, throttleSettings, features: ["UsagePlans"], apiKeyVersion: "4" };
}

import type { TrustedRoles } from "../../service-interfaces.js";
import { allowsAssumeRole, parsePolicy } from "../policies/policy-document.js";
import type { IamState } from "../state.js";

const roleArnPattern = /^arn:aws[a-z-]*:iam::(\d{12}):role(\/(?:[\u0021-\u007e]+\/)?)([\w+=,.@-]+)$/;

/** The roles for other services: by ARN, with the principals that can assume them. */
export function trustedRoles({ roles }: IamState): TrustedRoles {
  return {
    find(roleArn) {
      const [, account, path, name] = roleArnPattern.exec(roleArn) ?? [];
      const role = account === undefined || name === undefined ? undefined : roles.get([account, name]);
      if (!role || account === undefined || role.path !== path) return undefined;
      const trust = parsePolicy(role.trustPolicy, "trust");
      return {
        arn: role.arn,
        id: role.id,
        sessionSecondsMax: role.sessionSecondsMax,
        assumableBy: (service) => allowsAssumeRole(trust, "Service", [service, "*"]),
        assumableByCaller: (caller) =>
          allowsAssumeRole(trust, "AWS", ["*", caller.account, `arn:aws:iam::${caller.account}:root`, caller.arn]),
      };
    },
  };
}

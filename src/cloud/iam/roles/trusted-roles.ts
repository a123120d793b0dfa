import type { TrustedRoles } from "../../service-interfaces.js";
import { mayAssume, parsePolicy } from "../policies/policy-document.js";
import type { IamState } from "../state.js";

const roleArnForm = /^arn:aws[a-z-]*:iam::(\d{12}):role(\/(?:[\u0021-\u007e]+\/)?)([\w+=,.@-]+)$/;

/** The roles as other services see them: by ARN, with who may assume them. */
export function trustedRoles({ roles }: IamState): TrustedRoles {
  return {
    find(roleArn) {
      const [, account, path, name] = roleArnForm.exec(roleArn) ?? [];
      const role = account === undefined || name === undefined ? undefined : roles.get([account, name]);
      if (!role || account === undefined || role.path !== path) return undefined;
      const trust = parsePolicy(role.trustPolicy, "trust");
      return {
        arn: role.arn,
        id: role.id,
        sessionSecondsMax: role.sessionSecondsMax,
        assumableBy: (service) => mayAssume(trust, "Service", [service, "*"]),
        assumableByCaller: (caller) =>
          mayAssume(trust, "AWS", ["*", caller.account, `arn:aws:iam::${caller.account}:root`, caller.arn]),
      };
    },
  };
}

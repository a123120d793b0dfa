import type { Handler } from "../../protocol/operation.js";
import { noSuchEntity } from "../errors.js";
import { encodeDocument, findRole } from "../roles/role.js";
import type { IamState } from "../state.js";

export const getRolePolicy: Handler<"iam", "GetRolePolicy", IamState> = ({ RoleName, PolicyName }, state, call) => {
  const { inline } = findRole(state, call, RoleName);
  const document = Object.hasOwn(inline, PolicyName) ? inline[PolicyName] : undefined;
  if (document === undefined) throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`);
  return { RoleName, PolicyName, PolicyDocument: encodeDocument(document) };
};

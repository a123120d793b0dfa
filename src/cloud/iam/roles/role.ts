import type * as Iam from "@aws-sdk/client-iam";
import type { Call } from "../../protocol/operation.js";
import { noSuchEntity } from "../errors.js";
import type { IamState, Role } from "../state.js";

/** @throws AwsError NoSuchEntity */
export function requireRole({ roles }: IamState, { account }: Call, name: string): Role {
  const role = roles.get([account, name]);
  if (!role) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return role;
}

/** Stores a role with changes. */
export function changeRole({ roles }: IamState, { account }: Call, role: Role, change: Partial<Role>): void {
  roles.put([account, role.name], { ...role, ...change });
}

/** A role as CreateRole and GetRole return it. Documents are percent-encoded. */
export function describeRole(role: Role): Iam.Role {
  return {
    ...summarizeRole(role),
    RoleLastUsed: {},
    Tags: role.tags.length > 0 ? [...role.tags] : undefined,
    PermissionsBoundary:
      role.permissionsBoundary === undefined
        ? undefined
        : { PermissionsBoundaryType: "PermissionsBoundaryPolicy", PermissionsBoundaryArn: role.permissionsBoundary },
  };
}

/** A role as ListRoles returns it: without tags, boundary and last use. */
export function summarizeRole(role: Role): Iam.Role {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: role.created,
    AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
    Description: role.description,
    MaxSessionDuration: role.sessionSecondsMax,
  };
}

/** Percent-encoding as in RFC 3986, which encodes more characters than JavaScript does. */
export function encodeDocument(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

// Faults of the disk under the data directory: the user can act on them, so replies say what they are.

/** By the system's code, and by the number and message that LMDB's errors have. */
const reasons: readonly (readonly [codes: readonly (string | number)[], message: RegExp, reason: string])[] = [
  [["ENOSPC", "EDQUOT", 28], /^No space left on device/, "the disk is full. Free some space, then repeat the request."],
  [["EROFS", 30], /^Read-only file system/, "it is read-only. Make it writable, then repeat the request."],
];

/** RFC 4918: Insufficient Storage. Clients do not repeat requests after it as they do after a 500. */
export const storageFaultStatus = 507;

/** What to tell the caller; undefined for an error with another cause. */
export function storageFaultOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = "code" in error && (typeof error.code === "string" || typeof error.code === "number") ? error.code : "";
  const found = reasons.find(([codes, message]) => codes.includes(code) || message.test(error.message));
  return found && `The cloud cannot write to its data directory: ${found[2]}`;
}

import { deflateSync, gzipSync } from "node:zlib";
import { type GatewayReply, hasHeader } from "./reply.js";

/** The codings that API Gateway compresses with, the ones it prefers first. */
const codings = [
  ["gzip", gzipSync],
  ["deflate", deflateSync],
] as const;

/**
 * Compresses a body that has at least as many bytes as the API asks for, when the caller takes it.
 * @param minimumBytes the API's `minimumCompressionSize`; undefined: it does not compress
 */
export function compress(
  reply: GatewayReply,
  minimumBytes: number | undefined,
  acceptEncoding: string | undefined,
): GatewayReply {
  if (minimumBytes === undefined || acceptEncoding === undefined) return reply;
  if (Buffer.byteLength(reply.body) < minimumBytes || hasHeader(reply.headers, "Content-Encoding")) return reply;
  const accepted = acceptEncoding.split(",").map((coding) => coding.split(";", 1)[0]?.trim().toLowerCase());
  const coding = codings.find(([name]) => accepted.includes(name));
  if (!coding) return reply;
  const [name, pack] = coding;
  return { ...reply, headers: new Map([...reply.headers, ["Content-Encoding", [name]]]), body: pack(reply.body) };
}

import { promisify } from "node:util";
import { deflate, gzip } from "node:zlib";
import { type GatewayReply, hasHeader } from "./reply.js";

/** API Gateway's content codings, in order of preference. They run on zlib's threads: 10 MB take half a second. */
const codings = [
  ["gzip", promisify(gzip)],
  ["deflate", promisify(deflate)],
] as const;

/**
 * Compresses a body of at least the API's minimum size, when the caller accepts it.
 * @param minimumBytes the API's `minimumCompressionSize`; undefined: no compression
 */
export async function compress(
  reply: GatewayReply,
  minimumBytes: number | undefined,
  acceptEncoding: string | undefined,
): Promise<GatewayReply> {
  if (minimumBytes === undefined || acceptEncoding === undefined) return reply;
  if (Buffer.byteLength(reply.body) < minimumBytes || hasHeader(reply.headers, "Content-Encoding")) return reply;
  const accepted = acceptEncoding.split(",").map((coding) => coding.split(";", 1)[0]?.trim().toLowerCase());
  const coding = codings.find(([name]) => accepted.includes(name));
  if (!coding) return reply;
  const [name, pack] = coding;
  return { ...reply, headers: new Map([...reply.headers, ["Content-Encoding", [name]]]), body: await pack(reply.body) };
}

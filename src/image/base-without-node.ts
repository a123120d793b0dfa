import type { Platform } from "./documents.js";
import type { Base } from "./function-image.js";
import { buildLayer } from "./layer/build-layer.js";

const readme = `This image has no Node.js. The local cloud of Tepal runs it with the Node.js of its own machine.
For AWS and container engines, build it with --base NAME, an image with Node.js.
`;

/**
 * A base for the local cloud on systems without Linux: it runs function images with this machine's Node, and reads
 * nothing of the base.
 */
export function baseWithoutNode({ os, architecture }: Platform): Base {
  const layer = buildLayer([{ path: "README", content: Buffer.from(readme) }]);
  const config = { Env: ["PATH=/usr/local/bin:/usr/bin:/bin"] };
  return { os, architecture, layers: [layer], diffIds: [layer.diffId], config, history: [], node: "node" };
}

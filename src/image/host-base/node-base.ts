// A base image without a network: this machine's Node, its libraries, and the few files that a program expects.

import { realpathSync } from "node:fs";
import type { Base } from "../function-image.js";
import type { OnProgress } from "../on-progress.js";
import { externalBuiltins } from "./external-builtins.js";
import { hostLayer, type PlacedFile, platformOf, requireLinux } from "./host-layer.js";
import { librariesOf } from "./libraries.js";

interface NodeBaseOptions {
  /** The Node for the image: `process.execPath`. */
  readonly execPath: string;
  /** `process.platform`. */
  readonly system: string;
  /** Directory of the compressed layer. */
  readonly cacheDir: string;
  /** Called while the layer is compressed. */
  readonly onProgress?: OnProgress;
}

const nodePath = "usr/bin/node";
/** The program, or its library where a distribution links one. */
const nodeItself = /\/(node|nodejs|libnode\.so[.\d]*)$/;

/**
 * The base image of this machine's Node, compressed once and cached in `cacheDir` until Node or one of its libraries
 * changes.
 * @throws ImageError "image-base-system" on other systems than Linux; "image-base-elf", "image-base-library"
 */
export async function nodeBase({ execPath, system, cacheDir, onProgress }: NodeBaseOptions): Promise<Base> {
  requireLinux("Node", system);
  const node = realpathSync(execPath);
  const files: PlacedFile[] = [{ from: node, to: `/${nodePath}` }, ...librariesOf(node)];
  const layer = await hostLayer("node-base", files, cacheDir, { more: () => builtinsOf(files), onProgress });
  return {
    ...platformOf(node),
    layers: [layer],
    diffIds: [layer.diffId],
    config: { Env: ["PATH=/usr/local/bin:/usr/bin:/bin"] },
    history: [],
    node: `/${nodePath}`,
  };
}

function builtinsOf(files: readonly PlacedFile[]): PlacedFile[] {
  return files
    .filter(({ from }) => nodeItself.test(from))
    .flatMap(({ from }) => externalBuiltins(from))
    .map((path) => ({ from: path, to: path, data: true }));
}

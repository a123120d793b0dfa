// A base image without a network: this machine's Node, its libraries, and the few files that a program expects.

import { realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
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
  const files: PlacedFile[] = [{ from: node, to: `/${nodePath}` }, ...librariesOf(node), ...licenseOf(node)];
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

/** Relative to the directory above `bin/`: of Node's own archives, of NodeSource and Debian, of Fedora and Alpine. */
const licensePaths = [
  "LICENSE",
  "share/doc/nodejs/LICENSE",
  "share/doc/nodejs/copyright",
  "share/licenses/nodejs/LICENSE",
  "share/licenses/node/LICENSE",
];

/** The license of Node, which copies of the program must include. Empty if this installation has none. */
function licenseOf(node: string): PlacedFile[] {
  const prefix = dirname(dirname(node));
  const from = licensePaths.map((path) => join(prefix, path)).find((path) => isFile(path));
  return from === undefined ? [] : [{ from, to: "/usr/share/doc/nodejs/LICENSE", data: true }];
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function builtinsOf(files: readonly PlacedFile[]): PlacedFile[] {
  return files
    .filter(({ from }) => nodeItself.test(from))
    .flatMap(({ from }) => externalBuiltins(from))
    .map((path) => ({ from: path, to: path, data: true }));
}

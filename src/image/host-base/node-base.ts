// A base image without a network: this machine's Node, its libraries, and the few files that a program expects.

import { createReadStream, realpathSync, statSync } from "node:fs";
import { Hasher } from "../digest.js";
import type { Platform } from "../documents.js";
import { ImageError } from "../errors.js";
import type { Base } from "../function-image.js";
import { sortedWithFolders } from "../layer/entries.js";
import { gzipPieces } from "../layer/gzip-pieces.js";
import { cachedLayer, type LayerBytes, layerKey } from "../layer/layer-cache.js";
import { type NewEntry, tarEnd, tarHeader, tarPadding } from "../tar/write-tar.js";
import { readElf } from "./elf.js";
import { externalBuiltins } from "./external-builtins.js";
import { librariesOf, type PlacedFile } from "./libraries.js";

interface NodeBaseOptions {
  /** The Node for the image: `process.execPath`. */
  readonly execPath: string;
  /** `process.platform`. */
  readonly system: string;
  /** Directory of the compressed layer. */
  readonly cacheDir: string;
}

const nodePath = "usr/bin/node";
/** The program, or its library where a distribution links one. */
const nodeItself = /\/(node|nodejs|libnode\.so[.\d]*)$/;
const fileBytesAtOnce = 1 << 20;
/** Programs look up the user IDs 0 and 65534. */
const passwd = "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/bin/false\n";
const group = "root:x:0:\nnogroup:x:65534:\n";

/** OCI's (Go's) name of the architecture by e_machine of ELF. */
const architectures: ReadonlyMap<number, string> = new Map([
  [62, "amd64"],
  [183, "arm64"],
  [243, "riscv64"],
]);

type Source = { readonly entry: NewEntry; readonly content?: Uint8Array; readonly file?: string };

/**
 * The base image of this machine's Node, compressed once and cached in `cacheDir` until Node or one of its libraries
 * changes.
 * @throws ImageError "image-base-system" on other systems than Linux; "image-base-elf", "image-base-library"
 */
export async function nodeBase({ execPath, system, cacheDir }: NodeBaseOptions): Promise<Base> {
  if (system !== "linux") {
    throw new ImageError("image-base-system", `Node of this system (${system}) cannot run in a Linux image`);
  }
  const node = realpathSync(execPath);
  const files: PlacedFile[] = [{ from: node, to: `/${nodePath}` }, ...librariesOf(node)];
  const inputs = files.map(({ from, to }) => {
    const { size, mtimeMs } = statSync(from);
    return [from, to, size, mtimeMs];
  });
  const layer = await cachedLayer(cacheDir, layerKey(["node-base", inputs]), () => makeLayer(files));
  return {
    ...platformOf(node),
    layers: [layer],
    diffIds: [layer.diffId],
    config: { Env: ["PATH=/usr/local/bin:/usr/bin:/bin"] },
    history: [],
    node: `/${nodePath}`,
  };
}

function platformOf(program: string): Platform {
  const { machine } = readElf(program);
  const architecture = architectures.get(machine);
  if (architecture) return { os: "linux", architecture };
  throw new ImageError(
    "image-base-elf",
    `${program} is for ELF machine ${machine}, supported are ${[...architectures.keys()].join(", ")}`,
  );
}

function makeLayer(files: readonly PlacedFile[]): LayerBytes {
  const directory = (path: string, mode = 0o755): Source => ({ entry: { type: "directory", path, mode } });
  const text = (path: string, content: string): Source => ({
    entry: { type: "file", path, mode: 0o644 },
    content: Buffer.from(content),
  });
  const scripts = files.filter(({ from }) => nodeItself.test(from)).flatMap(({ from }) => externalBuiltins(from));
  const sources: Source[] = [
    // Mount points of container engines and sandboxes, which cannot create them in a read-only root.
    ...["dev/", "proc/", "sys/", "root/", "var/task/", "opt/"].map((path) => directory(path)),
    directory("tmp/", 0o1777),
    text("etc/passwd", passwd),
    text("etc/group", group),
    text("etc/nsswitch.conf", "hosts: files dns\n"),
    ...scripts.map((path): Source => ({ entry: { type: "file", path: path.slice(1), mode: 0o644 }, file: path })),
    ...files.map(
      ({ from, to }): Source => ({ entry: { type: "file", path: to.replace(/^\/+/, ""), mode: 0o755 }, file: from }),
    ),
  ];
  const hasher = new Hasher();
  return { bytes: gzipPieces(tarOfFiles(sources, hasher)), diffId: () => hasher.digest() };
}

async function* tarOfFiles(sources: readonly Source[], hasher: Hasher): AsyncGenerator<Uint8Array> {
  for await (const bytes of entriesOf(sources)) {
    hasher.update(bytes);
    yield bytes;
  }
}

async function* entriesOf(sources: readonly Source[]): AsyncGenerator<Uint8Array> {
  const sorted: readonly Source[] = sortedWithFolders(sources);
  for (const { entry, content, file } of sorted) {
    const size = file ? statSync(file).size : (content?.length ?? 0);
    yield tarHeader({ ...entry, size });
    if (content) yield content;
    if (file)
      for await (const chunk of createReadStream(file, { highWaterMark: fileBytesAtOnce })) yield chunk as Uint8Array;
    yield tarPadding(size);
  }
  yield tarEnd;
}

// What the bases from this machine have in common: programs of this machine with their libraries, and the few files
// that a program expects.

import { statSync } from "node:fs";
import type { Platform } from "../documents.js";
import { ImageError } from "../errors.js";
import type { Layer } from "../image.js";
import { fileLayer, type LayerSource } from "../layer/file-layer.js";
import { gzipPieces } from "../layer/gzip-pieces.js";
import { cachedLayer, layerKey } from "../layer/layer-cache.js";
import type { OnProgress } from "../on-progress.js";
import { readElf } from "./elf.js";

/** A file of this machine with its path in the image. */
export interface PlacedFile {
  readonly from: string;
  readonly to: string;
  /** Not executable: a script or data. */
  readonly data?: true;
}

/** Programs look up the user IDs 0 and 65534. */
const passwd = "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/bin/false\n";
const group = "root:x:0:\nnogroup:x:65534:\n";

/** OCI's (Go's) name of the architecture by e_machine of ELF. */
const architectures: ReadonlyMap<number, string> = new Map([
  [62, "amd64"],
  [183, "arm64"],
  [243, "riscv64"],
]);

interface HostLayerOptions {
  /** Files that are found by reading others; called only if the layer is not cached. */
  readonly more?: () => readonly PlacedFile[];
  /** Called while the layer is compressed. */
  readonly onProgress?: OnProgress | undefined;
}

/**
 * The layer of a base, compressed once and cached in `cacheDir` until one of the files changes. `name` is part of the
 * cache's key.
 */
export async function hostLayer(
  name: string,
  files: readonly PlacedFile[],
  cacheDir: string,
  { more = () => [], onProgress }: HostLayerOptions = {},
): Promise<Layer> {
  const inputs = files.map(({ from, to }) => {
    const { size, mtimeMs } = statSync(from);
    return [from, to, size, mtimeMs];
  });
  return cachedLayer(cacheDir, layerKey([name, inputs]), () =>
    fileLayer([...rootEntries(), ...[...files, ...more()].map(sourceOf)], gzipPieces, onProgress),
  );
}

/** @throws ImageError "image-base-system" on other systems than Linux */
export function requireLinux(program: string, system: string): void {
  if (system === "linux") return;
  throw new ImageError("image-base-system", `${program} of this system (${system}) cannot run in a Linux image`);
}

/** @throws ImageError "image-base-elf" */
export function platformOf(program: string): Platform {
  const { machine } = readElf(program);
  const architecture = architectures.get(machine);
  if (architecture) return { os: "linux", architecture };
  throw new ImageError(
    "image-base-elf",
    `${program} is for ELF machine ${machine}, supported are ${[...architectures.keys()].join(", ")}`,
  );
}

function rootEntries(): LayerSource[] {
  const directory = (path: string, mode = 0o755): LayerSource => ({ entry: { type: "directory", path, mode } });
  const file = (path: string, content: string): LayerSource => ({
    entry: { type: "file", path, mode: 0o644 },
    content: Buffer.from(content),
  });
  return [
    // Mount points of container engines and sandboxes, which cannot create them in a read-only root.
    ...["dev/", "proc/", "sys/", "root/", "var/task/", "opt/"].map((path) => directory(path)),
    directory("tmp/", 0o1777),
    file("etc/passwd", passwd),
    file("etc/group", group),
    file("etc/nsswitch.conf", "hosts: files dns\n"),
  ];
}

function sourceOf({ from, to, data }: PlacedFile): LayerSource {
  return { entry: { type: "file", path: to.replace(/^\/+/, ""), mode: data ? 0o644 : 0o755 }, file: from };
}

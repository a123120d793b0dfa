// podman, buildah and skopeo with their own storage and credentials in a directory of the test.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { type Ran, run, runWell } from "./run.js";
import { temporaryDirectory } from "./temporary-directory.js";

export interface ContainerTools {
  readonly folder: string;
  /** Environment in which the three programs see none of the machine's settings. */
  readonly env: Readonly<Record<string, string>>;
  readonly podman: (args: readonly string[], input?: string) => Promise<string>;
  readonly buildah: (args: readonly string[], input?: string) => Promise<string>;
  readonly skopeo: (args: readonly string[], input?: string) => Promise<string>;
  readonly trySkopeo: (args: readonly string[], input?: string) => Promise<Ran>;
}

export function containerTools(t: TestContext): ContainerTools {
  const folder = temporaryDirectory(t);
  const env = {
    CONTAINERS_STORAGE_CONF: join(folder, "storage.conf"),
    CONTAINERS_CONF: join(folder, "containers.conf"),
    REGISTRY_AUTH_FILE: join(folder, "auth.json"),
  };
  // vfs and no ulimits work the same in a container, in CI and as root.
  const [graph, runs] = [join(folder, "graph"), join(folder, "run")];
  writeFileSync(
    env.CONTAINERS_STORAGE_CONF,
    `[storage]\ndriver = "vfs"\ngraphroot = "${graph}"\nrunroot = "${runs}"\n`,
  );
  writeFileSync(env.CONTAINERS_CONF, "[containers]\ndefault_ulimits = []\n");
  writeFileSync(env.REGISTRY_AUTH_FILE, "{}");
  const podmanOptions = ["--runtime", "runc", "--cgroup-manager", "cgroupfs"];
  return {
    folder,
    env,
    podman: (args, input) => runWell("podman", [...podmanOptions, ...args], { env, input }),
    buildah: (args, input) => runWell("buildah", args, { env, input }),
    skopeo: (args, input) => runWell("skopeo", args, { env, input }),
    trySkopeo: (args, input) => run("skopeo", args, { env, input }),
  };
}

/** A build context of an image with one layer and one file. */
export function buildContext({ folder }: ContainerTools, name: string, text: string): string {
  const context = join(folder, name);
  mkdirSync(context);
  writeFileSync(join(context, "hello"), text);
  writeFileSync(join(context, "Containerfile"), "FROM scratch\nCOPY hello /hello\nENV GREETING=hello\n");
  return context;
}

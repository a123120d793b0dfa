// AWS's runtime client for Python, in an image of this machine's Python: an independent client of the Runtime API.

import assert from "node:assert/strict";
import { lstatSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { type TestContext, test } from "node:test";
import type { LayerFile } from "../src/image/layer/build-layer.js";
import { startLambda, type TestImage } from "./support/lambda.js";
import { missing } from "./support/programs.js";
import { run, runWell } from "./support/run.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

const handler = `
import os, sys
if os.environ.get("BROKEN"):
    raise ValueError("no model")
def handle(event, context):
    print("row", event)
    if event == "raise":
        raise KeyError("petal")
    if event == "exit":
        sys.exit(1)
    return {"event": event, "request": context.aws_request_id, "name": context.function_name,
            "memory": context.memory_limit_in_mb, "left": context.get_remaining_time_in_millis() > 0}
`;

test("runs a Python function on AWS's runtime client", { skip: missing("python3", "ldd") }, async (t) => {
  const image = await pythonImage(t);
  if (typeof image === "string") return t.skip(image);
  const { create, invoke } = startLambda(t);
  await create("f", image, { Timeout: 20, MemorySize: 256 });

  const served = await invoke("f", { rows: [1] });
  const raised = await invoke("f", "raise");
  const exited = await invoke("f", "exit");
  const after = await invoke("f", 1);

  const { requestId } = served;
  const expected = { event: { rows: [1] }, request: requestId, name: "f", memory: "256", left: true };
  assert.deepEqual(served.payload, expected);
  assert.match(served.log, /^row \{'rows': \[1\]\}$/m);
  const { errorType, errorMessage, stackTrace } = raised.payload as Record<string, unknown>;
  assert.deepEqual([raised.error, errorType, errorMessage], ["Unhandled", "KeyError", "'petal'"]);
  assert.ok(Array.isArray(stackTrace));
  assert.deepEqual(exited.payload, {
    errorType: "Runtime.ExitError",
    errorMessage: `RequestId: ${exited.requestId} Error: Runtime exited with error: exit status 1`,
  });
  assert.equal(after.error, undefined);

  await create("broken", image, { Timeout: 20, MemorySize: 256, Environment: { Variables: { BROKEN: "1" } } });
  const broken = (await invoke("broken")).payload as Record<string, unknown>;
  assert.deepEqual([broken.errorType, broken.errorMessage], ["ValueError", "no model"]);
});

/** An image of this machine's Python, its libraries, and awslambdaric; or why it cannot be built. */
async function pythonImage(t: TestContext): Promise<TestImage | string> {
  const packages = temporaryDirectory(t);
  const facts = "import sys, sysconfig; print(sys.executable, sysconfig.get_path('stdlib'), sys.base_prefix)";
  const [python = "", library = "", prefix = ""] = (await runWell("python3", ["-c", facts])).split(" ");
  const pip = ["-m", "pip", "install", "--quiet", "--only-binary=:all:", "--target", packages, "awslambdaric"];
  const installed = await run("python3", pip);
  if (installed.status !== 0) return "pip cannot install awslambdaric";
  const standard = filesBelow(library, /^(test|idlelib|tkinter|ensurepip|site-packages|config-.*|__pycache__)$/);
  const executable = realpathSync(python);
  const modules = [...standard, ...filesBelow(packages, /^__pycache__$/)].filter((path) => path.endsWith(".so"));
  const linked = await runWell("ldd", [executable, ...modules]);
  const libraries = new Set([...linked.matchAll(/(?:=> )?(\/\S+) \(0x/g)].map(([, path]) => path!));
  const at = (path: string, content = path): LayerFile => ({
    path: path.slice(1),
    content: readFileSync(content),
    executable: true,
  });
  return {
    layers: [
      [at(executable), ...[...libraries].map((path) => at(path)), ...standard.map((path) => at(path))],
      filesBelow(packages, /^__pycache__$/).map((path) => at(`/var/task/${relative(packages, path)}`, path)),
      [{ path: "var/task/app.py", content: Buffer.from(handler) }],
    ],
    config: {
      Entrypoint: [executable, "-m", "awslambdaric"],
      Cmd: ["app.handle"],
      WorkingDir: "/var/task",
      Env: [`PYTHONHOME=${prefix}`, `LD_LIBRARY_PATH=${join(dirname(dirname(executable)), "lib")}`],
    },
  };
}

function filesBelow(directory: string, without: RegExp): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter(({ name }) => !without.test(name))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return filesBelow(path, without);
      return lstatSync(path).isFile() ? [path] : [];
    });
}

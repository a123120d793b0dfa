// A Lambda image that Tepal did not build: this machine's Node, a small runtime, and a handler in JavaScript. Errors
// are written as AWS's runtime for Python writes them.

import { imageOf } from "../../src/image/image.js";
import { type Image, nodeBase, type RunConfig } from "../../src/image/index.js";
import { buildLayer } from "../../src/image/layer/build-layer.js";
import { projectPath } from "./project.js";

const bootstrap = `
import { pathToFileURL } from "node:url";
const api = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2018-06-01/runtime";
const post = (path, body) => fetch(api + path, { method: "POST", body });
const errorOf = ({ name, message }, requestId) =>
  '{"errorMessage": ' + JSON.stringify(message) + ', "errorType": ' + JSON.stringify(name) + ', "requestId": "' +
  requestId + '", "stackTrace": ["  File app, line 1"]}';
let handle;
try {
  ({ handle } = await import(pathToFileURL("/var/task/app.mjs")));
} catch (error) {
  await post("/init/error", errorOf(error, ""));
  process.exit(1);
}
for (;;) {
  const next = await fetch(api + "/invocation/next");
  const id = next.headers.get("lambda-runtime-aws-request-id");
  const text = await next.text();
  try {
    await post("/invocation/" + id + "/response", JSON.stringify(await handle(JSON.parse(text))));
  } catch (error) {
    console.error("[ERROR] " + error.name + ": " + error.message);
    await post("/invocation/" + id + "/error", errorOf(error, id));
  }
}
`;

/** Returns sums, and fails in the ways that a handler can fail. */
export const adderHandler = `
export async function handle(event) {
  console.log("event", JSON.stringify(event));
  switch (event.do) {
    case "fail": throw new TypeError("the password is hunter2");
    case "assert": throw new EvalError("");
    case "reject": throw new Error("[400] \\"a\\" is not a number, it's text");
    case "wait": await new Promise((resolve) => setTimeout(resolve, 60_000));
    case "exit": process.exit(3);
    case "return": return event.value;
    case "environment": return process.env;
  }
  if (typeof event.a !== "number") throw new Error("no numbers");
  return { sum: event.a + event.b };
}
`;

interface CodeImageOptions {
  readonly architecture?: string;
  readonly config?: RunConfig;
}

export async function codeImage(handler: string, changes: CodeImageOptions = {}): Promise<Image> {
  const base = await nodeBase({
    execPath: process.execPath,
    system: process.platform,
    cacheDir: projectPath(".build/cache/tepal"),
  });
  const own = [
    buildLayer([{ path: "var/task/bootstrap.mjs", content: Buffer.from(bootstrap) }]),
    buildLayer([{ path: "var/task/app.mjs", content: Buffer.from(handler) }]),
  ];
  return imageOf(
    {
      os: "linux",
      architecture: changes.architecture ?? base.architecture,
      config: changes.config ?? {
        Entrypoint: [base.node, "/var/task/bootstrap.mjs"],
        Cmd: ["app.handle"],
        Env: ["PATH=/usr/bin", "FROM_IMAGE=1"],
        WorkingDir: "/var/task",
      },
      diffIds: [...base.diffIds, ...own.map(({ diffId }) => diffId)],
      history: [],
    },
    [...base.layers, ...own],
  );
}

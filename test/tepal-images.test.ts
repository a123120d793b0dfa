// Images that Tepal did not build, deployed to the local cloud and run by the emulator, as users do it.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { ECRClient, GetAuthorizationTokenCommand } from "@aws-sdk/client-ecr";
import { type Image, parseReference, writeArchive, writeLayout } from "../src/image/index.js";
import { adderHandler, codeImage } from "./support/code-image.js";
import { projectPath } from "./support/project.js";
import { emptyHome, ended, freePort, printed } from "./support/tepal.js";

const name = parseReference("adder:v1");

/** A home directory with a separate cloud, and a client of the API that was deployed last. */
async function cloudHome(t: TestContext) {
  const port = String(await freePort());
  const home = emptyHome(t, { last: ["cloud", "stop", "--port", port], cache: projectPath(".build/cache") });
  const tepal = (...words: string[]) => home.tepal([...words, "--port", port]);
  let url = "";
  return {
    folder: home.folder,
    port,
    tepal,
    deploy: async (...words: string[]) => {
      const deployed = await tepal("deploy", ...words);
      assert.equal(deployed.status, 0, deployed.err);
      url = deployed.out.trim();
      return deployed;
    },
    post: (body: string) => post(url, body),
  };
}

async function post(url: string, body: string) {
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
  return { status: response.status, body: await response.text() };
}

test("an OCI layout of any Lambda image is deployed, invoked, replaced and rolled back", async (t) => {
  const { folder, tepal, deploy, post } = await cloudHome(t);
  const layout = join(folder, "adder");
  await writeLayout(await codeImage(adderHandler), layout, name);

  const first = await deploy("adder");

  assert.match(first.err, /check +\{\} returns .*no numbers/, "without an example, the function must only start");
  assert.deepEqual(await post('{"a":1,"b":2}'), { status: 200, body: '{"sum":3}' });
  assert.equal((await tepal("invoke", "adder", '{"a":1,"b":2}')).out, '{"sum":3}\n');
  assert.equal((await tepal("invoke", "adder", '{"a":1,"b":2}', "--direct")).out, '{"sum":3}\n');
  const [listed] = JSON.parse((await tepal("list", "--json")).out);
  assert.deepEqual([listed.model, listed.kind, listed.version], ["image adder", "code", "1"]);

  await writeLayout(await codeImage(adderHandler.replace("sum:", "total:")), layout, name);
  const second = await deploy("adder", "--example", '{"a":1,"b":2}');
  assert.match(second.err, /push +[\d.]+ KB sent, \d+ MB already in the repository\n/);
  assert.match(second.err, /check +\{"a":1,"b":2\} returns \{"total":3\}/);
  assert.match(second.err, /curl .*\{"a":1,"b":2\}/);
  assert.equal((await post('{"a":1,"b":2}')).body, '{"total":3}');

  assert.equal((await tepal("rollback", "adder")).status, 0);
  assert.equal((await post('{"a":1,"b":2}')).body, '{"sum":3}');
  assert.match((await tepal("logs", "adder")).out, /event \{"a":1,"b":2\}/);
  assert.equal((await tepal("destroy", "adder")).status, 0);
});

test("the API of code returns every JSON value, and an error without details when the code fails", async (t) => {
  const { folder, tepal, deploy, post } = await cloudHome(t);
  await writeArchive(await codeImage(adderHandler), join(folder, "adder.tar"), name);
  await deploy("adder.tar", "--timeout", "3", "--cors", "*");

  for (const value of ["null", "2", '"x"', "[1,2]", '{"message":"hello"}', '{"statusCode":404,"body":"x"}', '""']) {
    assert.deepEqual(await post(`{"do":"return","value":${value}}`), { status: 200, body: value }, value);
  }
  for (const [body, status, message] of [
    ['{"do":"fail"}', 500, "Internal server error"],
    ['{"do":"assert"}', 500, "Internal server error"],
    ['{"do":"exit"}', 500, "Internal server error"],
    ['{"do":"reject"}', 400, `"a" is not a number, it's text`],
    ['{"do":"wait"}', 504, "The function did not finish within its timeout"],
    [JSON.stringify({ do: "return", value: "x".repeat(7e6) }), 413, "The request is larger than 6 MB"],
  ] as const) {
    assert.deepEqual(await post(body), { status, body: JSON.stringify({ message }) }, body.slice(0, 40));
  }
  assert.equal((await post("not JSON")).status, 400);
  assert.match((await tepal("logs", "adder")).out, /hunter2/);
  const failed = await tepal("invoke", "adder", '{"do":"fail"}');
  assert.equal(failed.status, 1);
  assert.match(failed.err, /adder returned 500: .*Internal server error/);
});

test("code that cannot be loaded is not deployed", async (t) => {
  const { folder, tepal } = await cloudHome(t);
  await writeLayout(await codeImage('throw new RangeError("no such model");'), join(folder, "adder"), name);

  const { status, err } = await tepal("deploy", "adder");

  assert.equal(status, 1);
  assert.match(err, /failed its check, and the stage prod is not served yet.*no such model/s);
  assert.match(err, /\[check-failed\]\n$/);
});

test("an image that Tepal built has the API of its model, and its prediction as check", async (t) => {
  const { folder, tepal, deploy, post } = await cloudHome(t);
  const built = await emptyHome(t, { cache: projectPath(".build/cache") }).tepal([
    "build",
    projectPath("examples/iris/iris_model.sav"),
    "--output",
    join(folder, "iris.tar"),
  ]);
  assert.equal(built.status, 0, built.err);

  const deployed = await deploy("iris.tar");

  assert.match(deployed.err, /check +\{"values":\[\[0,0,0,0\]\]\} returns \[\d\]/);
  assert.deepEqual(await post('{"values":[[5.9,3.0,5.1,2.3]]}'), { status: 200, body: "[2]" });
  assert.match((await post('{"values":[[1,2,3]]}')).body, /Row 1 has 3 values/);
  assert.match((await tepal("list")).out, /sklearn\.svm\.SVC/);
  assert.match((await tepal("deploy", "iris.tar", "--example", "1")).err, /--example is an option for code/);
});

test("an image of a registry is deployed by its reference, with the credentials of docker login", async (t) => {
  const { folder, port, tepal, deploy, post } = await cloudHome(t);
  await writeLayout(await codeImage(adderHandler), join(folder, "adder"), name);
  await deploy("adder");
  const [{ imageDigest }] = JSON.parse((await tepal("list", "--json")).out);

  const ecr = new ECRClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  t.after(() => ecr.destroy());
  const { authorizationData = [] } = await ecr.send(new GetAuthorizationTokenCommand({}));
  const auths = { [`localhost:${port}`]: { auth: authorizationData[0]?.authorizationToken } };
  // By its tag: a manifest with a known digest is read from the cache.
  const reference = `localhost:${port}/adder:${imageDigest.slice(0, "sha256:".length + 12).replace(":", "-")}`;
  const unknown = await tepal("deploy", reference, "--name", "copy");
  mkdirSync(join(folder, ".docker"));
  writeFileSync(join(folder, ".docker", "config.json"), JSON.stringify({ auths }));

  await deploy(reference, "--name", "copy");

  assert.deepEqual(await post('{"a":2,"b":2}'), { status: 200, body: '{"sum":4}' });
  assert.match(unknown.err, /\[registry-unauthorized\]\n$/);
  const missing = await tepal("deploy", `localhost:${port}/adder:absent`, "--name", "copy");
  assert.equal(missing.status, 1);
  assert.match(missing.err, /adder:absent not found.*does not exist either.*\[registry-not-found\]\n$/s);
});

for (const [what, write, code, message] of [
  [
    "an image for another architecture",
    async (folder: string) => writeLayout(await other(), join(folder, "image"), name),
    "image-platform",
    /image is for linux\/riscv64, expected linux\//,
  ],
  [
    "an image without an entry point",
    async (folder: string) => writeLayout(await codeImage("", { config: {} }), join(folder, "image"), name),
    "image-not-runnable",
    /neither an entry point nor a command.*ENTRYPOINT/s,
  ],
  [
    "a tar file that is not an image",
    async (folder: string) => writeFileSync(join(folder, "image"), Buffer.alloc(10_240)),
    "model-format-unknown",
    /image/,
  ],
  ["a file that does not exist", async () => {}, "file-unreadable", /does not exist\n.*NAME:TAG/],
] as const) {
  for (const command of ["deploy", "run"]) {
    test(`${command} rejects ${what}`, async (t) => {
      const home = emptyHome(t, { cache: projectPath(".build/cache") });
      await write(home.folder);

      const { status, err } = await home.tepal([command, "image", "--port", String(await freePort())]);

      assert.equal(status, 1);
      assert.match(err, message);
      assert.match(err, new RegExp(`\\[${code}\\]\n$`));
    });
  }
}

function other(): Promise<Image> {
  return codeImage("", { architecture: "riscv64" });
}

test("a damaged archive is reported as an image", async (t) => {
  const home = emptyHome(t, { cache: projectPath(".build/cache") });
  writeFileSync(join(home.folder, "image.tar"), createHash("sha512").update("x").digest());

  const { status, err } = await home.tepal(["deploy", "image.tar"]);

  assert.equal(status, 1);
  assert.match(err, /\[image-tar-/);
});

test("run serves an image in the dialect of AWS's emulator, and as its API would", async (t) => {
  const home = emptyHome(t, { cache: projectPath(".build/cache") });
  await writeArchive(await codeImage(adderHandler), join(home.folder, "adder.tar"), name);
  const port = await freePort();
  const options = ["--port", String(port), "--timeout", "2", "--env", "A=1", "--env", "B=x=y"];
  const server = home.start(["run", "adder.tar", ...options]);
  const end = ended(server);
  await printed(server, `127.0.0.1:${port}`);
  const invoke = (body: string) => post(`http://127.0.0.1:${port}/2015-03-31/functions/function/invocations`, body);
  const predict = (body: string) => post(`http://127.0.0.1:${port}/predict`, body);

  assert.deepEqual(await invoke('{"a":1,"b":2}'), { status: 200, body: '{"sum":3}' });
  const failed = await invoke('{"do":"fail"}');
  const { errorMessage, errorType, stackTrace } = JSON.parse(failed.body);
  assert.deepEqual([failed.status, errorType, errorMessage], [200, "TypeError", "the password is hunter2"]);
  assert.ok(Array.isArray(stackTrace));
  assert.match((await invoke('{"do":"exit"}')).body, /Runtime exited with error: exit status 3/);
  assert.deepEqual(await invoke('{"do":"wait"}'), { status: 200, body: "Task timed out after 2.00 seconds" });
  assert.equal((await invoke('{"a":1,"b":3}')).body, '{"sum":4}', "a new environment starts after a time-out");
  const environment = JSON.parse((await invoke('{"do":"environment"}')).body);
  const { A, B, FROM_IMAGE, AWS_LAMBDA_FUNCTION_NAME, AWS_LAMBDA_FUNCTION_MEMORY_SIZE } = environment;
  assert.deepEqual(
    [A, B, FROM_IMAGE, AWS_LAMBDA_FUNCTION_NAME, AWS_LAMBDA_FUNCTION_MEMORY_SIZE],
    ["1", "x=y", "1", "test_function", "512"],
  );
  assert.deepEqual([environment.AWS_ACCESS_KEY_ID, environment.AWS_ENDPOINT_URL], [undefined, undefined]);

  assert.deepEqual(await predict('{"a":1,"b":2}'), { status: 200, body: '{"sum":3}' });
  assert.deepEqual(await predict('{"do":"fail"}'), { status: 500, body: '{"message":"Internal server error"}' });
  assert.equal((await predict('{"do":"reject"}')).status, 400);
  assert.equal((await predict('{"do":"wait"}')).status, 504);
  assert.equal((await predict("{")).status, 400);
  const page = { method: "POST", headers: { origin: "https://example.com" }, body: '{"a":1,"b":2}' };
  assert.equal((await fetch(`http://127.0.0.1:${port}/predict`, page)).status, 403, "a page of another site");

  server.kill("SIGTERM");
  const { status, err } = await end;
  assert.equal(status, 0);
  assert.match(err, /START RequestId.*event \{"a":1,"b":2\}.*REPORT RequestId/s);
});

// The commands that use the local cloud, run as users run them: from a model file to an invoke URL, and back.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { projectPath, readProjectFile } from "./support/project.js";
import { emptyHome, ended, freePort, type Home, printed } from "./support/tepal.js";

const iris = projectPath("examples/iris/iris_model.sav");
const request = '{"values":[[5.9,3.0,5.1,2.3]]}';

interface CloudHome extends Home {
  /** Runs a command without --port. */
  offline: Home["tepal"];
}

/** A home directory whose commands use a separate cloud, which is stopped at the end of the test. */
async function cloudHome(t: TestContext): Promise<CloudHome> {
  const port = String(await freePort());
  const home = emptyHome(t, { last: ["cloud", "stop", "--port", port], cache: projectPath(".build/cache") });
  const withPort = (words: readonly string[]) => [...words, "--port", port];
  return {
    folder: home.folder,
    offline: home.tepal,
    tepal: (words, input) => home.tepal(withPort(words), input),
    start: (words) => home.start(withPort(words)),
  };
}

test("npm start's tour deploys, checks the predictions, and changes nothing the second time", async (t) => {
  const home = await cloudHome(t);

  const first = await home.tepal(["tour", "--once"]);
  const second = await home.tepal(["tour", "--once"]);

  assert.equal(first.status, 0, first.err);
  assert.match(first.err, /stage .* created\n/);
  assert.match(first.err, /check +\{"values":\[\[5\.9,3\.0,5\.1,2\.3\]\]\} returns \[2\]\n/);
  assert.match(first.err, /check +\{"values":\[\[0\.1,2,0\.1,3\]\]\} returns \[0\]\n/);
  assert.equal(second.status, 0, second.err);
  assert.match(second.err, /No changes \(/);
  assert.doesNotMatch(second.err, /created|updated/);
  assert.equal(second.out, first.out);
});

test("the tour serves until Ctrl-C", async (t) => {
  const home = await cloudHome(t);
  const tour = home.start(["tour"]);
  await printed(tour, "Ctrl-C");

  const [listed] = JSON.parse((await home.tepal(["list", "--json"])).out);
  const answer = await fetch(listed.url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: request,
  });
  tour.kill("SIGINT");

  assert.equal(await answer.text(), "[2]");
  assert.equal((await ended(tour)).status, 0);
});

test("a model is deployed, invoked, replaced, rolled back and destroyed", async (t) => {
  const home = await cloudHome(t);
  writeFileSync(join(home.folder, "flowers.sav"), readProjectFile("examples/iris/iris_model.sav"));

  const deployed = await home.tepal(["deploy", "flowers.sav"]);
  assert.equal(deployed.status, 0, deployed.err);
  assert.match(
    deployed.err,
    /Started the local cloud at .* in the background\. Stop it with "tepal cloud stop --port \d+"/,
  );
  assert.match(deployed.out, /^http:\/\/127\.0\.0\.1:\d+\/restapis\/\w+\/prod\/_user_request_\/predict\n$/);
  assert.equal((await home.tepal(["invoke", "flowers", request])).out, "[2]\n");
  const direct = await home.tepal(["invoke", "flowers", "--direct"], request);
  assert.equal(direct.out, "[2]\n");
  assert.match(direct.err, /REPORT RequestId: /);

  const table = projectPath("examples/iris/iris.csv");
  await home.offline(["train", table, "--label", "species", "--output", "flowers.sav"]);
  const replaced = await home.tepal(["deploy", "flowers.sav"]);
  assert.match(replaced.err, /push +[\d.]+ KB sent, \d+ MB already in the repository\n/);
  assert.equal((await home.tepal(["invoke", "flowers", request])).out, '["virginica"]\n');

  assert.match((await home.tepal(["rollback", "flowers"])).out, /now serves version 1 .*, instead of version 2/);
  assert.equal((await home.tepal(["invoke", "flowers", request])).out, "[2]\n");
  assert.match((await home.tepal(["logs", "flowers"])).out, /START RequestId: /);

  assert.equal((await home.tepal(["destroy", "flowers"])).status, 0);
  assert.equal((await home.tepal(["list"])).out, "No deployments.\n");
  assert.equal((await home.tepal(["invoke", "flowers", request])).status, 1);
});

test("a change of the API alone is complete after one run", async (t) => {
  const home = await cloudHome(t);
  const words = ["deploy", iris, "--name", "iris"];
  await home.tepal(words);

  const changed = await home.tepal([...words, "--cors", "*"]);
  const again = await home.tepal([...words, "--cors", "*"]);

  assert.match(changed.err, /alias +prod, version 2: updated/);
  assert.match(again.err, /No changes \(/);
});

test("a rollback returns to the version that the stage served before, not to another stage's", async (t) => {
  const home = await cloudHome(t);
  const words = ["deploy", iris, "--name", "iris"];
  await home.tepal(words);
  await home.tepal([...words, "--stage", "dev", "--memory", "256"]);
  await home.tepal([...words, "--memory", "1024"]);

  assert.match((await home.tepal(["rollback", "iris"])).out, /now serves version 1 .*, instead of version 3/);
  assert.match((await home.tepal(["rollback", "iris"])).err, /has no earlier version than 1 in its history/);
  assert.match((await home.tepal(["rollback", "iris", "--to", "3"])).out, /now serves version 3/);
  assert.equal((await home.tepal(["invoke", "iris", "[[5.9,3.0,5.1,2.3]]"])).out, "[2]\n");
});

test("an invalid request gets status 400 and the location of the error", async (t) => {
  const home = await cloudHome(t);
  const { out } = await home.tepal(["deploy", iris, "--name", "iris"]);
  const ask = async (body: string) => {
    const answer = await fetch(out.trim(), { method: "POST", headers: { "content-type": "application/json" }, body });
    const said: Record<string, string> = JSON.parse(await answer.text());
    const problems = `${said.problems ?? ""} ${said.hint ?? ""}`;
    return { status: answer.status, message: said.message ?? "", problems };
  };

  for (const [body, problem] of [
    ['{"values":[[1,2,3,4],[1,2,3]]}', /^Row 2 has 3 values; the model expects 4 features/],
    ['{"values":[[1,2,3,"x"]]}', /^Expected a number at row 1, column 4 \("x3"\), found the string "x"/],
    ['{"values":[[1,2,3,null]]}', /row 1, column 4/],
    ['{"values":[]}', /no rows/],
    ["{}", /failed to match exactly one schema .* Did you mean "values"\? For example: \{"values":\[\[0,0,0,0\]\]\}/],
    ['{"vlaues":[[1,2,3,4]]}', /Did you mean "values"\?/],
    ['{"values":[[1,2,3,4]],"instances":[[1,2,3,4]]}', /matched 2 out of 5/],
    ['{"values":[[1,2,3,4]],"method":"fly"}', /"fly"\) not found in enum/],
    ["not json", /parsing request body/],
  ] as const) {
    const { status, message, problems } = await ask(body);
    assert.equal(status, 400, body);
    assert.match(`${message} ${problems}`, problem);
  }
});

test("a request that is too large for the cloud's main thread is validated by the built worker", async (t) => {
  const home = await cloudHome(t);
  const { out } = await home.tepal(["deploy", iris, "--name", "iris"]);
  const rows = Array.from({ length: 50_000 }, () => [5.9, 3.0, 5.1, 2.3]);
  const headers = { "content-type": "application/json" };

  const reply = await fetch(out.trim(), { method: "POST", headers, body: JSON.stringify({ values: rows }) });

  assert.deepEqual([reply.status, await reply.text()], [200, JSON.stringify(rows.map(() => 2))]);
});

test("the next run completes a deployment that was interrupted by kill -9 of the cloud", async (t) => {
  const home = await cloudHome(t);
  const { pid } = JSON.parse((await home.tepal(["cloud", "start", "--json"])).out);
  const deploy = home.start(["deploy", iris, "--name", "iris"]);
  await printed(deploy, "log group");
  process.kill(pid, "SIGKILL");
  const cut = await ended(deploy);

  const again = await home.tepal(["deploy", iris, "--name", "iris"]);

  assert.equal(cut.status, 1);
  assert.match(cut.err, /\[aws-unreachable\]\n$/);
  assert.equal(again.status, 0, again.err);
  assert.match(again.err, /repository .* unchanged/);
  assert.equal((await home.tepal(["invoke", "iris", request])).out, "[2]\n");
});

test("cloud start in the background uses --account and --region, and rejects others for a running cloud", async (t) => {
  const port = String(await freePort());
  const home = emptyHome(t, { last: ["cloud", "stop", "--port", port] });
  const start = (account: string) =>
    home.tepal(["cloud", "start", "--port", port, "--account", account, "--region", "eu-west-1", "--json"]);

  const { url } = JSON.parse((await start("123456789012")).out);
  const sts = new STSClient({
    endpoint: url,
    region: "eu-west-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
  const identity = await sts.send(new GetCallerIdentityCommand({}));
  const { region } = JSON.parse((await home.tepal(["cloud", "status", "--port", port, "--json"])).out);
  const other = await start("999999999999");

  assert.equal(identity.Account, "123456789012");
  assert.equal(region, "eu-west-1");
  assert.equal(other.status, 1);
  assert.match(JSON.parse(other.out).error.message, /another account, 123456789012, is already running/);
});

test("cloud reset deletes nothing without --yes when input is piped", async (t) => {
  const home = await cloudHome(t);
  await home.tepal(["deploy", iris, "--name", "iris"]);

  const piped = await home.tepal(["cloud", "reset"], "y\n");

  assert.equal(piped.status, 1);
  assert.match(piped.err, /not interactive/);
  assert.match((await home.tepal(["list"])).out, /^iris /m);
  assert.equal((await home.tepal(["cloud", "reset", "--yes"])).status, 0);
  assert.equal((await home.tepal(["list"])).out, "No deployments.\n");
});

test("a port in use by another program is an error that names its process", async (t) => {
  const other = createServer((_request, response) => response.end("hello"));
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  t.after(() => other.close());
  const address = other.address();
  const port = String(typeof address === "object" && address ? address.port : 0);

  for (const command of [
    ["tour", "--once"],
    ["run", iris],
  ]) {
    const { status, err } = await emptyHome(t).tepal([...command, "--port", port]);

    assert.equal(status, 1);
    assert.match(err, new RegExp(`Port ${port} is in use by process ${process.pid} `));
    assert.match(err, /--port/);
  }
});

test("commands that need a cloud say how to start one", async (t) => {
  const home = emptyHome(t);
  const port = String(await freePort());

  for (const words of [["list"], ["destroy", "iris"], ["cloud", "reset", "--yes"]]) {
    const { status, err } = await home.tepal([...words, "--port", port]);
    assert.equal(status, 1);
    assert.match(err, new RegExp(`"tepal cloud start --port ${port}"`));
  }
  assert.match((await home.tepal(["cloud", "stop", "--port", port])).err, /There is nothing to stop\./);
  assert.equal((await home.tepal(["cloud", "status", "--port", port])).status, 1);
});

test("every command uses the port of TEPAL_PORT, and --port before it", async (t) => {
  const [port, other] = [String(await freePort()), String(await freePort())];
  const home = emptyHome(t, { last: ["cloud", "stop"], env: { TEPAL_PORT: port } });

  const started = await home.tepal(["cloud", "start"]);
  assert.equal(started.status, 0, started.err);
  assert.match(started.err, /Stop it with "tepal cloud stop"\./);
  for (const words of [["list"], ["cloud", "status"], ["cloud", "reset", "--yes"]]) {
    const { status, err } = await home.tepal(words);
    assert.equal(status, 0, err);
  }
  for (const words of [["list"], ["cloud", "stop"], ["invoke", "iris", "[]"]]) {
    const { status, err } = await home.tepal([...words, "--port", other]);
    assert.equal(status, 1);
    assert.match(err, new RegExp(`No Tepal cloud is running at http://127\\.0\\.0\\.1:${other}\n`));
    assert.match(err, new RegExp(`A cloud is running on port ${port}: pass --port ${port}, or set TEPAL_PORT=${port}`));
  }
});

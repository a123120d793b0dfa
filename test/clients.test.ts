// Clients that `tepal client` writes: checked by compilers, and run against a deployment and against a server that
// fails. Generators of clients that others wrote work from the API's OpenAPI document.

import assert from "node:assert/strict";
import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { pathToFileURL } from "node:url";
import { SignatureV4 } from "@smithy/signature-v4";
import { transform } from "esbuild";
import { clientSource, openApiDocument } from "../src/contract/index.js";
import { parseReference, writeArchive } from "../src/image/index.js";
import { readModel, type Signature } from "../src/model/index.js";
import { adderHandler, codeImage } from "./support/code-image.js";
import { deployIris } from "./support/deployed-iris.js";
import { missing } from "./support/programs.js";
import { projectPath, readProjectFile } from "./support/project.js";
import { pythonTools } from "./support/python-tools.js";
import { run, runWell } from "./support/run.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

const iris = await readModel(readProjectFile("examples/iris/iris_model.sav"));
/** A model whose rows have names, of every kind of column. */
const named: Signature = {
  ...iris.signature,
  named: true,
  features: [
    { name: "sepal length (cm)", kind: "number", missing: true },
    { name: "color", kind: "category", categories: ["red", "blue"], missing: false },
  ],
  classes: ["setosa", "virginica"],
};
const skip = missing("python3");

async function importClient(t: TestContext, source: string) {
  const file = join(temporaryDirectory(t), "client.mjs");
  writeFileSync(file, (await transform(source, { loader: "ts" })).code);
  return import(pathToFileURL(file).href);
}

function tsc(directory: string, files: readonly string[]) {
  const strict =
    "--strict --noEmit --noUncheckedIndexedAccess --exactOptionalPropertyTypes --noPropertyAccessFromIndexSignature";
  const target = "--ignoreConfig --target es2022 --module nodenext --lib es2022,dom,dom.iterable --types";
  const words = [...strict.split(" "), ...target.split(" "), "", ...files];
  return run(process.execPath, [projectPath("node_modules/typescript/bin/tsc"), ...words], { cwd: directory });
}

test("the TypeScript client compiles strictly, and rejects a wrong row, label and method", async (t) => {
  const directory = temporaryDirectory(t);
  writeFileSync(join(directory, "package.json"), '{"type": "module"}');
  writeFileSync(join(directory, "client.ts"), clientSource("typescript", { title: "iris", signature: named }));
  const use = (line: string) => `import { Client } from "./client.js";\nconst client = new Client();\n${line}\n`;
  writeFileSync(
    join(directory, "right.ts"),
    use(`const labels: ("setosa" | "virginica")[] = await client.predict([{ "sepal length (cm)": null, color: "red" }]);
const numbers: number = (await client.call("predict_proba", [{ "sepal length (cm)": 1, color: "green" }]))[0]![0]!;
export { labels, numbers };`),
  );
  const wrong = [
    'await client.predict([{ "sepal length (cm)": "1", color: "red" }]);',
    'await client.predict([{ "sepal length (cm)": 1 }]);',
    'await client.call("transform", []);',
    'export const label: "versicolor"[] = await client.predict([]);',
  ];
  for (const [index, line] of wrong.entries()) writeFileSync(join(directory, `wrong${index}.ts`), use(line));

  const right = await tsc(directory, ["right.ts"]);
  const rejected = await tsc(
    directory,
    wrong.map((_, index) => `wrong${index}.ts`),
  );

  assert.equal(right.status, 0, right.stdout);
  for (const index of wrong.keys()) assert.match(rejected.stdout, new RegExp(`^wrong${index}\\.ts`, "m"));
});

test("the Python client passes mypy --strict, which rejects a wrong row and method", async (t) => {
  const bin = await pythonTools();
  if (bin === undefined) return t.skip("mypy cannot be installed");
  const directory = temporaryDirectory(t);
  writeFileSync(join(directory, "client.py"), clientSource("python", { title: "iris", signature: named }));
  writeFileSync(
    join(directory, "use.py"),
    `from client import Client, Label
from typing import List
client = Client("http://localhost")
labels: List[Label] = client.predict([{"sepal length (cm)": None, "color": "red"}])
client.predict([{"sepal length (cm)": "1", "color": "red"}])  # wrong
client.call("transform", [])  # wrong
`,
  );

  const { stdout } = await run(join(bin, "mypy"), ["--strict", "client.py", "use.py"], { cwd: directory });

  assert.deepEqual(stdout.match(/^\w+\.py:\d+(?=: error)/gm)?.sort(), ["use.py:5", "use.py:6"], stdout);
});

test("clients of a deployment predict as its model", async (t) => {
  const { tepal, folder } = await deployIris(t);
  const rows = [
    [5.9, 3, 5.1, 2.3],
    [0.1, 2, 0.1, 3],
  ];
  const source = await tepal("client", "iris", "--language", "typescript");
  const written = await tepal("client", "iris", "--language", "python", "--output", "iris_client.py");
  assert.deepEqual([source.status, written.status], [0, 0], source.err + written.err);

  const { Client } = await importClient(t, source.out);
  assert.deepEqual(await new Client().predict(rows), [2, 0]);
  assert.equal((await new Client().call("predict_proba", rows))[0].length, 3);

  if (skip) return t.diagnostic(skip);
  const script = `from iris_client import Client; c = Client(); print(c.predict(${JSON.stringify(rows)}), len(c.call("predict_proba", ${JSON.stringify(rows)})[0]))`;
  assert.equal(await runWell("python3", ["-c", script], { cwd: folder }), "[2, 0] 3");
});

test("a client of a deployment of code is not written", async (t) => {
  const { tepal, folder } = await deployIris(t);
  await writeArchive(await codeImage(adderHandler), join(folder, "adder.tar"), parseReference("adder:v1"));
  const deployed = await tepal("deploy", "adder.tar", "--name", "adder");
  assert.equal(deployed.status, 0, deployed.err);

  const { out } = await tepal("client", "adder", "--language", "python", "--json");

  assert.equal(JSON.parse(out).error.code, "deployment-not-a-model");
});

test("the Python client returns a Series with the index of a DataFrame", async (t) => {
  const bin = await pythonTools();
  if (bin === undefined) return t.skip("pandas cannot be installed");
  const { url, requests } = await fakeApi(t, [{ status: 200, body: '["setosa","virginica"]' }]);
  const directory = temporaryDirectory(t);
  writeFileSync(join(directory, "client.py"), clientSource("python", { title: "iris", signature: named, url }));
  const script = `import client, pandas as pd
frame = pd.DataFrame({"color": ["red", "blue"], "sepal length (cm)": [1.5, None]}, index=["a", "b"])
print(client.Client().predict(frame).to_dict())`;

  assert.equal(
    await runWell(join(bin, "python"), ["-c", script], { cwd: directory }),
    "{'a': 'setosa', 'b': 'virginica'}",
  );
  assert.deepEqual(JSON.parse(requests[0]!.body).values, [
    { color: "red", "sepal length (cm)": 1.5 },
    { color: "blue", "sepal length (cm)": null },
  ]);
});

interface FakeResponse {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Received {
  readonly body: string;
  readonly headers: IncomingMessage["headers"];
}

/** An API that returns these responses in order; afterwards one label for each row. */
async function fakeApi(t: TestContext, responses: readonly FakeResponse[]) {
  const left = [...responses];
  const requests: Received[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts).toString();
    requests.push({ body, headers: request.headers });
    const { status, headers = {}, body: text } = left.shift() ?? { status: 200 };
    response.writeHead(status, headers).end(text ?? JSON.stringify(JSON.parse(body).values.map(() => 1)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close().closeAllConnections());
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/prod/a%20b?z=1&a=x%2Fy`, requests };
}

/** SHA-256, or HMAC with a key, as the AWS SDK calls it. */
class NodeSha256 {
  readonly #hash: Hash | Hmac;

  constructor(key?: string | ArrayBuffer | ArrayBufferView) {
    const bytes = key instanceof ArrayBuffer ? new Uint8Array(key) : key;
    this.#hash = bytes === undefined ? createHash("sha256") : createHmac("sha256", bytes as string | Uint8Array);
  }

  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {}
}

/** Predicts the rows with a client of each language. Options have the names of the TypeScript client. */
const clients: Readonly<
  Record<string, (t: TestContext, url: string, rows: number, options?: Record<string, unknown>) => Promise<unknown>>
> = {
  async typescript(t, url, rows, options = {}) {
    const { Client } = await importClient(t, clientSource("typescript", { title: "iris", signature: iris.signature }));
    const results = await new Client({ url, ...options }).predict(Array.from({ length: rows }, () => [1, 2, 3, 4]));
    return results.length;
  },
  async python(t, url, rows, options = {}) {
    const directory = temporaryDirectory(t);
    writeFileSync(join(directory, "client.py"), clientSource("python", { title: "iris", signature: iris.signature }));
    const names: Record<string, string> = { apiKey: "api_key", retriesMax: "retries_max" };
    const given = Object.entries(options).map(([name, value]) => {
      const text = name === "credentials" ? `client.AwsCredentials("AKID", "secret", "token")` : JSON.stringify(value);
      return `, ${names[name] ?? name}=${text}`;
    });
    const script = `import client
try: print(len(client.Client(${JSON.stringify(url)}${given.join("")}).predict([[1, 2, 3, 4]] * ${rows})))
except client.ApiError as error: print("status", error.status)`;
    const printed = await runWell("python3", ["-c", script], { cwd: directory });
    const [, status] = /^status (\d+)$/.exec(printed) ?? [];
    if (status !== undefined) throw Object.assign(new Error("ApiError"), { status: Number(status) });
    return Number(printed);
  },
};

for (const [language, predict] of Object.entries(clients)) {
  const options = { skip: language === "python" ? skip : false };

  test(`the ${language} client repeats a request after 429, 503 and 500`, options, async (t) => {
    const { url, requests } = await fakeApi(t, [
      { status: 429 },
      { status: 503, headers: { "retry-after": "1" } },
      { status: 500 },
    ]);

    assert.equal(await predict(t, url, 1), 1);
    assert.equal(requests.length, 4);
  });

  test(
    `the ${language} client reports a status that is not temporary at once, and 503 after its retries`,
    options,
    async (t) => {
      const { url, requests } = await fakeApi(t, [
        { status: 400, body: '{"message":"no"}' },
        { status: 503 },
        { status: 503 },
      ]);

      await assert.rejects(predict(t, url, 1), { status: 400 });
      await assert.rejects(predict(t, url, 1, { retriesMax: 1 }), { status: 503 });
      assert.equal(requests.length, 3);
    },
  );

  test(
    `the ${language} client sends a large table in batches, and a batch that is too large in halves`,
    options,
    async (t) => {
      const { url, requests } = await fakeApi(t, [{ status: 413, body: "{}" }]);

      assert.equal(await predict(t, url, 25_000), 25_000);
      assert.deepEqual(
        requests.map(({ body }) => JSON.parse(body).values.length),
        [10_000, 5_000, 5_000, 10_000, 5_000],
      );
    },
  );

  test(`the ${language} client sends an API key and an authorization`, options, async (t) => {
    const { url, requests } = await fakeApi(t, []);

    await predict(t, url, 1, { apiKey: "key", authorization: "Bearer token" });

    assert.equal(requests[0]?.headers["x-api-key"], "key");
    assert.equal(requests[0]?.headers.authorization, "Bearer token");
  });

  test(`the ${language} client signs requests as the AWS SDK does`, options, async (t) => {
    const { url, requests } = await fakeApi(t, []);
    const credentials = { accessKeyId: "AKID", secretAccessKey: "secret", sessionToken: "token" };

    await predict(t, url, 1, { credentials, region: "eu-central-1" });

    const { headers, body } = requests[0]!;
    const { protocol, hostname, port, host, pathname } = new URL(url);
    const time = String(headers["x-amz-date"]).replace(/(....)(..)(..)T(..)(..)(..)Z/, "$1-$2-$3T$4:$5:$6Z");
    const signer = new SignatureV4({
      credentials,
      region: "eu-central-1",
      service: "execute-api",
      sha256: NodeSha256,
      // The header x-amz-content-sha256, which only S3 requires.
      applyChecksum: false,
    });
    const signed = await signer.sign(
      {
        method: "POST",
        protocol,
        hostname,
        port: Number(port),
        path: pathname,
        query: { z: "1", a: "x/y" },
        headers: { host, "content-type": "application/json" },
        body,
      },
      { signingDate: new Date(time) },
    );
    assert.equal(headers.authorization, signed.headers.authorization);
  });
}

test("openapi-python-client generates a client from the API's OpenAPI document", async (t) => {
  const bin = await pythonTools();
  if (bin === undefined) return t.skip("openapi-python-client cannot be installed");
  const { url } = await deployIris(t);
  const directory = temporaryDirectory(t);
  const base = url.replace(/\/predict$/, "");
  const document = openApiDocument({ title: "iris", route: "/predict" }, { kind: "model", signature: iris.signature });
  writeFileSync(join(directory, "openapi.json"), JSON.stringify(document));

  await runWell(
    join(bin, "openapi-python-client"),
    ["generate", "--path", "openapi.json", "--output-path", "generated"],
    {
      cwd: directory,
    },
  );

  const [packageName = ""] = readdirSync(join(directory, "generated")).filter((name) =>
    existsSync(join(directory, "generated", name, "client.py")),
  );
  assert.match(
    readFileSync(join(directory, "generated", packageName, "api", "default", "predict.py"), "utf8"),
    /def sync/,
  );
  const script = `from ${packageName} import Client
from ${packageName}.api.default import predict
from ${packageName}.models import Request
labels = predict.sync(client=Client(${JSON.stringify(base)}), body=Request.from_dict({"values": [[5.9, 3.0, 5.1, 2.3]]}))
print([int(label) for label in labels])`;
  assert.equal(await runWell(join(bin, "python"), ["-c", script], { cwd: join(directory, "generated") }), "[2]");
});

// The API as strangers see it: schemathesis generates requests from the OpenAPI document, and clients of Triton,
// SageMaker, MLflow and KServe send theirs.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { type TestContext, test } from "node:test";
import { deployIris } from "./support/deployed-iris.js";
import { projectPath } from "./support/project.js";
import { run } from "./support/run.js";
import { emptyHome, freePort, printed } from "./support/tepal.js";

/** A virtual environment with schemathesis, tritonclient[http] and boto3, as .ci/run creates it. */
const programs = projectPath(".build/api-clients/bin");
const options = { skip: !existsSync(programs) && "no .build/api-clients: .ci/run installs it" };

/** One with kserve and mlflow-skinny. */
const modelPrograms = projectPath(".build/model-clients/bin");
const modelOptions = { skip: !existsSync(modelPrograms) && "no .build/model-clients: .ci/run installs it" };

async function serve(t: TestContext): Promise<string> {
  const port = String(await freePort());
  const child = emptyHome(t).start(["run", projectPath("examples/iris/iris_model.sav"), "--port", port]);
  await printed(child, "Press Ctrl-C to stop");
  return `http://127.0.0.1:${port}`;
}

async function findFaults(url: string, ...more: readonly string[]): Promise<void> {
  const command = ["run", `${url}/openapi.json`, "--url", url, "--max-examples", "12", "--checks", "all", "--no-color"];
  const { status, stdout, stderr } = await run(`${programs}/schemathesis`, [...command, "--seed", "2", ...more], {
    cwd: projectPath(".build"),
  });
  assert.equal(status, 0, stdout + stderr);
  assert.match(stdout, /No issues found/);
}

async function python(script: string, ...words: readonly string[]): Promise<string> {
  return pythonIn(programs, script, ...words);
}

async function pythonIn(directory: string, script: string, ...words: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await run(`${directory}/python`, ["-W", "ignore", "-c", script, ...words], {});
  assert.equal(status, 0, stderr);
  return stdout.trim();
}

test("schemathesis finds no fault in tepal run", options, async (t) => {
  await findFaults(await serve(t));
});

test("schemathesis finds no fault in a deployed API", options, async (t) => {
  const { url } = await deployIris(t);

  // API Gateway returns 403, not 405, for a method that a path does not have.
  await findFaults(url.replace(/\/predict$/, ""), "--exclude-checks", "unsupported_method");
});

const triton = `
import sys, numpy, tritonclient.http as http
client = http.InferenceServerClient(sys.argv[1])
assert client.is_server_live() and client.is_server_ready() and client.is_model_ready("iris_model")
metadata = client.get_model_metadata("iris_model")
assert metadata["inputs"] == [{"name": "input", "datatype": "FP64", "shape": [-1, 4]}], metadata
rows = numpy.array([[5.9, 3.0, 5.1, 2.3], [0.1, 2, 0.1, 3]])
for binary in (True, False):
    tensor = http.InferInput("input", rows.shape, "FP64")
    tensor.set_data_from_numpy(rows, binary_data=binary)
    result = client.infer("iris_model", [tensor], request_id="7")
    assert result.as_numpy("predict").tolist() == [2, 0] and result.get_response()["id"] == "7"
outputs = [http.InferRequestedOutput(name) for name in ("predict", "predict_proba")]
result = client.infer("iris_model", [tensor], outputs=outputs)
assert result.as_numpy("predict_proba").shape == (2, 3)
try:
    client.infer("iris", [tensor])
except Exception as error:
    print(error)
`;

test("Triton's client predicts with binary and JSON tensors, and shows errors", options, async (t) => {
  const url = await serve(t);

  assert.match(await python(triton, url.replace("http://", "")), /Model with name iris does not exist/);
});

const sageMaker = `
import sys, boto3, json
runtime = boto3.client("sagemaker-runtime", endpoint_url=sys.argv[1], region_name="us-east-1",
                       aws_access_key_id="x", aws_secret_access_key="x")
def invoke(body, **more):
    response = runtime.invoke_endpoint(EndpointName="iris_model", Body=body, **more)
    return response["ContentType"] + " " + response["Body"].read().decode()
print(repr(invoke("5.9,3.0,5.1,2.3\\n0.1,2,0.1,3\\n", ContentType="text/csv", Accept="text/csv")))
print(repr(invoke(json.dumps([[5.9, 3.0, 5.1, 2.3]]), ContentType="application/json")))
print(repr(invoke(json.dumps({"instances": [[5.9, 3.0, 5.1, 2.3]]}), ContentType="application/json")))
try:
    invoke("1,2,3", ContentType="text/csv")
except runtime.exceptions.ModelError as error:
    print(error.response["OriginalStatusCode"], error.response["OriginalMessage"])
`;

test("SageMaker's client of AWS's SDK predicts, and raises ModelError", options, async (t) => {
  const lines = (await python(sageMaker, await serve(t))).split("\n");

  assert.deepEqual(lines.slice(0, 3), [
    String.raw`'text/csv 2\n0\n'`,
    "'application/json [2]'",
    `'application/json {"predictions":[2]}'`,
  ]);
  assert.match(lines[3] ?? "", /^400 Row 1 has 3 values/);
});

const mlflow = `
import sys, pandas
from mlflow.pyfunc.scoring_server.client import ScoringServerClient
client = ScoringServerClient("127.0.0.1", int(sys.argv[1].split(":")[-1]))
client.ping()
frame = pandas.DataFrame([[5.9, 3.0, 5.1, 2.3], [0.1, 2, 0.1, 3]], columns=["x0", "x1", "x2", "x3"])
print(client.invoke(frame).get_predictions()[0].tolist(), client.invoke(frame.values).get_predictions()[0].tolist())
`;

test("MLflow's client of a scoring server predicts for a DataFrame and for an array", modelOptions, async (t) => {
  assert.equal(await pythonIn(modelPrograms, mlflow, await serve(t)), "[2, 0] [2, 0]");
});

const kserve = `
import asyncio, sys, numpy
from kserve import InferenceRESTClient, InferInput, InferRequest, RESTConfig
url = sys.argv[1]
async def main():
    v1 = InferenceRESTClient(RESTConfig(protocol="v1", retries=0))
    assert await v1.is_server_live(url) and await v1.is_model_ready(url, "iris_model")
    print(await v1.infer(url, {"instances": [[5.9, 3.0, 5.1, 2.3]]}, model_name="iris_model"))
    v2 = InferenceRESTClient(RESTConfig(protocol="v2", retries=0))
    assert await v2.is_server_live(url) and await v2.is_server_ready(url) and await v2.is_model_ready(url, "iris_model")
    for binary in (False, True):
        tensor = InferInput("input", [1, 4], "FP64")
        tensor.set_data_from_numpy(numpy.array([[5.9, 3.0, 5.1, 2.3]]), binary_data=binary)
        request = InferRequest(model_name="iris_model", infer_inputs=[tensor])
        print((await v2.infer(url, request, model_name="iris_model")).outputs[0].data)
asyncio.run(main())
`;

test("KServe's client predicts by both versions of its protocol", modelOptions, async (t) => {
  const lines = (await pythonIn(modelPrograms, kserve, await serve(t))).split("\n");

  assert.deepEqual(lines, ["{'predictions': [2]}", "[2]", "[2]"]);
});

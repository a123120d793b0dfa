// The tutorial, typed by hand with the aws CLI: a model in an image, a function, a REST API with a non-proxy
// integration, a URL.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { awsCli } from "./support/aws-cli.js";
import { startTestCloud } from "./support/cloud.js";
import { containerTools } from "./support/container-tools.js";
import { machineArchitecture } from "./support/machine.js";
import { missing } from "./support/programs.js";
import { projectPath } from "./support/project.js";
import { runWell } from "./support/run.js";
import { tepal } from "./support/tepal-cli.js";

const account = "000000000000";
const functionArn = `arn:aws:lambda:us-east-1:${account}:function:iris`;
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

test("the tutorial's commands create a URL that returns the predictions of its two requests", {
  skip: missing("aws", "skopeo", "curl"),
}, async (t) => {
  const cloud = await startTestCloud(t);
  const { aws } = awsCli(cloud);
  const { skopeo, folder } = containerTools(t);
  const host = `localhost:${cloud.port}`;

  // An image, in a repository.
  const model = projectPath("examples/iris/iris_model.sav");
  await tepal(["build", model, "--output", join(folder, "layout"), "--tag", "iris:v1"], folder);
  await aws("ecr create-repository --repository-name iris");
  const password = String(await aws("ecr get-login-password"));
  await skopeo(["login", "--tls-verify=false", "--username", "AWS", "--password-stdin", host], password);
  await skopeo(["copy", "--dest-tls-verify=false", `oci:${folder}/layout`, `docker://${host}/iris:v1`]);

  // A function of the image.
  await aws("iam create-role --role-name iris --assume-role-policy-document", trust);
  const policy = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
  await aws(`iam attach-role-policy --role-name iris --policy-arn ${policy}`);
  await aws(
    `lambda create-function --function-name iris --package-type Image --memory-size 256 --timeout 30`,
    ...[
      "--architectures",
      machineArchitecture,
      "--code",
      `ImageUri=${host}/iris:v1`,
      "--role",
      `arn:aws:iam::${account}:role/iris`,
    ],
  );
  await aws("lambda wait function-active-v2 --function-name iris");
  const answerFile = join(folder, "answer.json");
  // A file is taken as it is by both versions of the CLI, text is not.
  writeFileSync(join(folder, "event.json"), '{"values":[[5.9,3.0,5.1,2.3]]}');
  const payload = `fileb://${join(folder, "event.json")}`;
  const invoked = await aws("lambda invoke --function-name iris --log-type Tail --payload", payload, answerFile);
  const { StatusCode, LogResult } = invoked as { StatusCode: number; LogResult: string };
  assert.equal(StatusCode, 200);
  assert.equal(readFileSync(answerFile, "utf8"), "[2]");
  assert.match(Buffer.from(LogResult, "base64").toString(), /REPORT RequestId: .*\tMemory Size: 256 MB\t/);

  // A REST API in front of it.
  const { id: api } = (await aws("apigateway create-rest-api --name iris")) as { id: string };
  const { items } = (await aws(`apigateway get-resources --rest-api-id ${api}`)) as { items: { id: string }[] };
  const { id: resource } = (await aws(
    `apigateway create-resource --rest-api-id ${api} --parent-id ${items[0]!.id} --path-part predict`,
  )) as { id: string };
  const method = `--rest-api-id ${api} --resource-id ${resource} --http-method POST`;
  await aws(`apigateway put-method ${method} --authorization-type NONE`);
  const uri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
  await aws(`apigateway put-integration ${method} --type AWS --integration-http-method POST --uri ${uri}`);
  const sourceArn = `arn:aws:execute-api:us-east-1:${account}:${api}/*/POST/predict`;
  await aws(
    "lambda add-permission --function-name iris --statement-id api --action lambda:InvokeFunction",
    ...["--principal", "apigateway.amazonaws.com", "--source-arn", sourceArn],
  );
  for (const status of [200, 400]) await aws(`apigateway put-method-response ${method} --status-code ${status}`);
  await aws(`apigateway put-integration-response ${method} --status-code 200 --selection-pattern`, "");
  await aws(
    `apigateway put-integration-response ${method} --status-code 400 --selection-pattern`,
    "\\[400\\](.|\\n)*",
    ...["--response-templates", '{"application/json":"{\\"message\\":$input.json(\'$.errorMessage\')}"}'],
  );

  const tried = (await aws(
    `apigateway test-invoke-method ${method} --path-with-query-string / --body`,
    '{"values":[[0.1,2,0.1,3]]}',
  )) as { status: number; body: string; log: string };
  assert.deepEqual([tried.status, tried.body], [200, "[0]"]);
  assert.match(tried.log, /Method completed with status: 200/);

  await aws(`apigateway create-deployment --rest-api-id ${api} --stage-name prod`);

  // The URL, in both of its forms.
  const url = `http://${host}/restapis/${api}/prod/_user_request_/predict`;
  assert.deepEqual(await curl(url, '{"values":[[5.9,3.0,5.1,2.3]]}'), { status: 200, body: "[2]" });
  assert.deepEqual(await curl(url, '{"values":[[0.1,2,0.1,3]]}'), { status: 200, body: "[0]" });
  const byHost = `http://${api}.execute-api.localhost:${cloud.port}/prod/predict`;
  assert.deepEqual(await curl(byHost, '{"values":[[5.9,3.0,5.1,2.3]]}'), { status: 200, body: "[2]" });

  // What callers do wrong.
  const refused = await curl(url, '{"values":[[5.9,"x",5.1,2.3]]}');
  assert.equal(refused.status, 400);
  assert.match(refused.body, /^\{"message":"\[400\] .*row.*"\}$/);
  assert.deepEqual(await curl(`${url}/none`, "{}"), {
    status: 403,
    body: '{"message":"Missing Authentication Token"}',
  });
});

/** Posts JSON with curl, as a reader of the tutorial does. */
async function curl(url: string, body: string): Promise<{ status: number; body: string }> {
  const printed = await runWell("curl", [
    ...["--silent", "--show-error", "--header", "content-type: application/json"],
    ...["--data", body, "--write-out", "\n%{http_code}", url],
  ]);
  const lastLine = printed.lastIndexOf("\n");
  return { status: Number(printed.slice(lastLine + 1)), body: printed.slice(0, lastLine) };
}

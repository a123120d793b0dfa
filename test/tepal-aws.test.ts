// `--target aws` with moto as AWS: AWS_ENDPOINT_URL is all that the SDK needs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startMoto } from "./support/moto.js";
import { missing } from "./support/programs.js";
import { projectPath } from "./support/project.js";
import { emptyHome } from "./support/tepal.js";

const skip = missing("moto_server");
const iris = projectPath("examples/iris/iris_model.sav");
const keys = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };

test("shows account, region and changes of a deployment to AWS, and changes nothing without confirmation", {
  skip,
}, async (t) => {
  const AWS_ENDPOINT_URL = await startMoto(t);
  const home = emptyHome(t, { cache: projectPath(".build/cache"), env: { ...keys, AWS_ENDPOINT_URL } });
  const deploy = ["deploy", iris, "--name", "iris", "--target", "aws", "--region", "eu-central-1"];

  const planned = await home.tepal([...deploy, "--plan"]);
  const refused = await home.tepal(deploy);

  assert.equal(planned.status, 0, planned.err);
  assert.equal(planned.out.match(/^ {2}create /gm)?.length, 11);
  assert.equal(refused.status, 1);
  assert.match(refused.err, /AWS account 123456789012, region eu-central-1\n/);
  assert.match(refused.err, /\[not-confirmed\]\n$/);
  assert.equal((await home.tepal([...deploy, "--plan"])).out, planned.out);
});

for (const [name, env, words] of [
  ["credentials", { AWS_EC2_METADATA_DISABLED: "true" }, ["--region", "eu-central-1"]],
  ["region", keys, []],
] as const) {
  test(`says what to set when an AWS command has no ${name}`, async (t) => {
    const { status, err } = await emptyHome(t, { env }).tepal(["list", "--target", "aws", ...words]);

    assert.equal(status, 1);
    assert.match(err, /AWS_PROFILE .* --region .*\n {2}\[aws-not-configured\]\n$/);
  });
}

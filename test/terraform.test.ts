// Terraform's AWS provider, which knows nothing of this cloud, makes the tutorial's deployment, finds it unchanged, and
// removes it.

import assert from "node:assert/strict";
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { RunningCloud } from "../src/cloud/index.js";
import { pushImage, Repository, readImage } from "../src/image/index.js";
import { awsCli, awsEnvironment } from "./support/aws-cli.js";
import { startTestCloud } from "./support/cloud.js";
import { machineArchitecture, machinePlatform } from "./support/machine.js";
import { missing } from "./support/programs.js";
import { projectPath } from "./support/project.js";
import { runWell } from "./support/run.js";
import { temporaryDirectory } from "./support/temporary-directory.js";
import { tepal } from "./support/tepal-cli.js";

/** Directories of provider mirrors: Terraform's own, and another common one. */
const mirrors = ["/usr/local/share/terraform/plugins", "/usr/share/terraform/plugins", "/opt/tf-plugins"];
const mirror = mirrors.find((folder) => existsSync(join(folder, "registry.terraform.io/hashicorp/aws")));

test("Terraform applies the tutorial's deployment, finds nothing to change, updates it and destroys it", {
  skip: missing("terraform", "aws") || (mirror === undefined && "Terraform's AWS provider not installed"),
}, async (t) => {
  const cloud = await startTestCloud(t);
  const { aws } = awsCli(cloud);
  const { terraform, folder } = terraformIn(t, cloud);
  const host = `localhost:${cloud.port}`;
  await terraform("init", "-plugin-dir", mirror!);

  // The repository first: a function needs an image in it.
  await terraform("apply", "-auto-approve", "-target=aws_ecr_repository.iris");
  await pushModel(await aws("ecr get-login-password"), host, folder);
  await terraform("apply", "-auto-approve");

  const outputs = JSON.parse(await terraform("output", "-json")) as Record<string, { value: string }>;
  assert.equal(outputs.repository_url?.value, `${host}/iris`);
  const url = `${cloud.url}/restapis/${outputs.api?.value}/prod/_user_request_/predict`;
  const predict = async (values: unknown[][]) => {
    const answer = await fetch(url, { method: "POST", body: JSON.stringify({ values }) });
    return [answer.status, await answer.text()];
  };
  assert.deepEqual(await predict([[5.9, 3.0, 5.1, 2.3]]), [200, "[2]"]);
  assert.equal((await predict([["x", 2, 0.1, 3]]))[0], 400);

  await assertSettled(terraform);

  // A change of each kind of service reaches it, and settles.
  const main = join(folder, "main.tf");
  const changed = readFileSync(main, "utf8")
    .replace('"MUTABLE"', '"IMMUTABLE"')
    .replace('owner = "botany"', 'owner = "zoology"')
    .replace("memory_size   = 256", "memory_size   = 512")
    .replace('STAGE = "prod"', 'STAGE = "test"');
  writeFileSync(main, changed);
  await terraform("apply", "-auto-approve");
  await assertSettled(terraform);
  const { MemorySize } = (await aws("lambda get-function-configuration --function-name iris")) as {
    MemorySize: number;
  };
  assert.equal(MemorySize, 512);

  await terraform("destroy", "-auto-approve");
  assert.deepEqual(await aws("ecr describe-repositories"), { repositories: [] });
  assert.deepEqual(((await aws("lambda list-functions")) as { Functions: object[] }).Functions, []);
  assert.deepEqual(((await aws("apigateway get-rest-apis")) as { items?: object[] }).items ?? [], []);
});

type Terraform = (command: string, ...args: string[]) => Promise<string>;

function terraformIn(t: TestContext, cloud: RunningCloud): { terraform: Terraform; folder: string } {
  const folder = temporaryDirectory(t);
  copyFileSync(projectPath("test/fixtures/terraform/main.tf"), join(folder, "main.tf"));
  writeFileSync(join(folder, "terraform.rc"), "");
  const env = {
    ...awsEnvironment(cloud),
    TF_CLI_CONFIG_FILE: join(folder, "terraform.rc"),
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
    TF_VAR_architecture: machineArchitecture,
  };
  return {
    folder,
    terraform: (command, ...args) => runWell("terraform", [command, "-no-color", ...args], { env, cwd: folder }),
  };
}

/** A plan would do nothing; what it would do instead is in the error. */
async function assertSettled(terraform: Terraform): Promise<void> {
  assert.match(await terraform("plan", "-detailed-exitcode"), /No changes\./);
}

async function pushModel(password: unknown, registry: string, folder: string): Promise<void> {
  const layout = join(folder, "layout");
  await tepal(["build", projectPath("examples/iris/iris_model.sav"), "--output", layout], folder);
  const credentials = { username: "AWS", password: String(password) };
  const repository = new Repository({ registry, repository: "iris" }, { credentials });
  await pushImage(await readImage(layout, { platform: machinePlatform }), repository, "v1");
}

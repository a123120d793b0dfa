// Completion in the real shells: what a user gets who presses Tab.

import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { APIGatewayClient, CreateRestApiCommand } from "@aws-sdk/client-api-gateway";
import { clientOf, startTestCloud } from "./support/cloud.js";
import { missing } from "./support/programs.js";
import { projectPath } from "./support/project.js";
import { runWell } from "./support/run.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

/** A cloud with the deployments iris and churn, and a directory with files, in which shells complete. */
async function completionDirectory(t: TestContext) {
  const cloud = await startTestCloud(t);
  const client = new APIGatewayClient(clientOf(cloud));
  t.after(() => client.destroy());
  for (const name of ["iris", "churn"]) {
    await client.send(new CreateRestApiCommand({ name, tags: { "tepal:deployment": name } }));
  }
  await client.send(new CreateRestApiCommand({ name: "other" }));
  const folder = temporaryDirectory(t);
  mkdirSync(join(folder, "data"));
  for (const name of ["my model.pkl", "model.pkl"]) writeFileSync(join(folder, name), "");
  mkdirSync(join(folder, "bin"));
  const program = join(folder, "bin", "tepal");
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${projectPath("dist/tepal.js")}' "$@"\n`);
  chmodSync(program, 0o755);
  const env = {
    HOME: folder,
    PATH: `${join(folder, "bin")}:${process.env.PATH}`,
    TEPAL_PORT: String(cloud.port),
    TERM: "dumb",
    LC_ALL: "C.UTF-8",
  };
  return { folder, env };
}

type Complete = (line: string) => Promise<string[]>;

type Directory = Awaited<ReturnType<typeof completionDirectory>>;

const shells: Readonly<Record<string, (directory: Directory) => Promise<Complete>>> = {
  bash: async ({ folder, env }) => {
    const script = await runWell("tepal", ["completion", "bash"], { env });
    return async (line) => {
      // As readline splits a line: "=" is a word.
      const words = line.split(/ |(=)/).filter((word) => word !== undefined);
      if (line.endsWith("=")) words.pop();
      const program = `${script}
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _tepal; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return linesOf(await runWell("bash", ["--norc", "-c", program, "bash", ...words], { env, cwd: folder }));
    };
  },
  fish: async ({ folder, env }) => {
    const script = await runWell("tepal", ["completion", "fish"], { env });
    return async (line) => {
      const program = `${script}\ncomplete -C ${JSON.stringify(line)}`;
      const lines = linesOf(await runWell("fish", ["--no-config", "-c", program], { env, cwd: folder }));
      return lines.map((found) => found.split("\t")[0] ?? "");
    };
  },
  zsh: async ({ folder, env }) => {
    const path = join(folder, "bin", "capture.zsh");
    writeFileSync(path, zshCapture);
    writeFileSync(join(folder, "bin", "_tepal"), await runWell("tepal", ["completion", "zsh"], { env }));
    return async (line) => linesOf(await runWell("zsh", ["-f", path, line], { env, cwd: folder }));
  },
};

/** Presses Tab in an interactive zsh, in which `compadd` prints what it is given. */
const zshCapture = `
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z 'PS1=; unsetopt zle_bracketed_paste; autoload -Uz compinit; compinit -u -D; source $HOME/bin/_tepal'
zpty -w z 'function compadd {
  if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return $?; fi
  typeset -a __hits; builtin compadd -A __hits "$@"
  [[ -n $__hits ]] || return
  for hit in $__hits; do print -r -- "HIT:$hit:END"; done
  builtin compadd "$@"
}'
zpty -w z 'done-key() { print -r -- "DONE""NOW"; zle kill-whole-line }; zle -N done-key; bindkey "^X" done-key; print "REA""DY"'
zpty -r z out '*READY*'
zpty -n -w z "$1"$'\\t'$'\\x18'
zpty -r z out '*DONENOW*'
print -r -- "$out" | tr -d '\\r' | grep -o 'HIT:.*:END' | sed 's/^HIT://; s/:END$//' | sort -u
zpty -d z
`;

function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

for (const [shell, prepare] of Object.entries(shells)) {
  test(`${shell} completes commands, options, values, deployments and files`, { skip: missing(shell) }, async (t) => {
    const directory = await completionDirectory(t);
    const complete = await prepare(directory);

    for (const [line, expected] of [
      ["tepal dep", ["deploy"]],
      ["tepal cloud st", ["start", "status", "stop"]],
      ["tepal help lo", ["logs"]],
      ["tepal deploy --mem", ["--memory"]],
      ["tepal list --target ", ["aws", "local"]],
      ["tepal list --json --target l", ["local"]],
      ["tepal train --kernel p", ["poly"]],
      ["tepal completion ", ["bash", "fish", "zsh"]],
      ["tepal invoke ", ["churn", "iris"]],
      ["tepal logs --since 1h ir", ["iris"]],
      ["tepal destroy iris --port 1 --ye", ["--yes"]],
      ["tepal invoke --port 1 ", []],
    ] as const) {
      assert.deepEqual((await complete(line)).map((found) => found.trim()).sort(), expected, line);
    }
    const plain = (found: readonly string[]) =>
      found.map((name) => name.replaceAll("\\", "").replace(/\/$/, "")).sort();
    assert.deepEqual(plain(await complete("tepal deploy mo")), ["model.pkl"]);
    assert.deepEqual(plain(await complete("tepal deploy my")), ["my model.pkl"]);
    assert.deepEqual(plain(await complete("tepal cloud start --data d")), ["data"]);
    const request = await complete("tepal predict model.pkl @mo");
    assert.deepEqual(
      plain(request).map((name) => name.replace(/^@/, "")),
      ["model.pkl"],
    );
  });
}

test("bash completes the value after an equals sign", { skip: missing("bash") }, async (t) => {
  const complete = await shells.bash!(await completionDirectory(t));

  assert.deepEqual(await complete("tepal list --target=a"), ["aws"]);
  assert.deepEqual(await complete("tepal list --target="), ["local", "aws"]);
});

test("completion without a cloud prints no names and no error", async (t) => {
  const { env } = await completionDirectory(t);

  assert.equal(await runWell("tepal", ["completion", "--deployments", "--port", "1"], { env }), "");
});

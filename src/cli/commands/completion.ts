import { command } from "../command.js";
import type { CommandContext } from "../command-context.js";
import { bashScript } from "../completion/bash.js";
import { completedCommands } from "../completion/completed-command.js";
import { localDeploymentNames } from "../completion/deployment-names.js";
import { fishScript } from "../completion/fish.js";
import { zshScript } from "../completion/zsh.js";
import { commandLineError, oneOf } from "../parse.js";
import { type TargetChoice, targetArgs } from "../target-args.js";

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };
// Outside the definition: inside it TypeScript would not infer its type.
const shells = oneOf("bash", "zsh", "fish");

export const completion = command({
  args: {
    shell: { positional: true, parse: shells, help: "the shell whose completion script is printed: bash, zsh or fish" },
    deployments: { flag: true, help: "print the names of deployments, for these scripts" },
    ...targetArgs,
  },
  examples: [
    "completion bash > ~/.local/share/bash-completion/completions/tepal",
    "completion zsh > ~/.zfunc/_tepal",
    "completion fish > ~/.config/fish/completions/tepal.fish",
  ],

  async run({ shell, deployments, ...choice }, context) {
    const { terminal } = context;
    if (deployments) {
      const names =
        choice.target === "local"
          ? await localDeploymentNames(choice.port, choice.region)
          : await namesOn(choice, context);
      terminal.result(names, names.join("\n"));
      return;
    }
    if (shell === undefined) throw commandLineError("Missing SHELL: bash, zsh or fish");
    // Lazily: the table of commands contains this command.
    const { commands } = await import("../commands.js");
    terminal.resultText(scripts[shell](await completedCommands(commands)));
  },
});

async function namesOn(choice: TargetChoice, context: CommandContext): Promise<string[]> {
  const [{ connectTarget }, { listDeployments }] = await Promise.all([
    import("../target.js"),
    import("../../deploy/index.js"),
  ]);
  const listed = await listDeployments(await connectTarget(choice, context));
  return [...new Set(listed.map(({ name }) => name))];
}

import { join } from "node:path";
import { startCloud } from "../../cloud/index.js";
import { checkSpec, specDefaults } from "../../deploy/index.js";
import { command } from "../command.js";
import { type CommandContext, untilStopped } from "../command-context.js";
import { buildStep, curlLines, planStep, readStep } from "../deployment.js";
import { dataDirectory, shownPath } from "../directories.js";
import { findCloud } from "../local-cloud.js";
import { readModelSource } from "../model-source.js";
import { StepLines } from "../show.js";
import { connectLocal } from "../target.js";
import { portArg } from "../target-args.js";

/** The two requests of the tutorial that the model comes from, with their responses there. */
const checks = [
  { request: '{"values":[[5.9,3.0,5.1,2.3]]}', expected: "[2]" },
  { request: '{"values":[[0.1,2,0.1,3]]}', expected: "[0]" },
] as const;

export const tour = command({
  args: {
    once: { flag: true, help: "exit after the check; status 0 only if the predictions are correct" },
    port: portArg,
    data: { completes: "directory", help: "data directory of the cloud; default ~/.local/share/tepal", value: "DIR" },
  },
  examples: ["tour", "tour --once"],

  async run({ once, port, data }, context) {
    const { terminal } = context;
    const lines = new StepLines(terminal);
    terminal.note(
      "Deploying a trained model as a serverless prediction API, on a local AWS cloud inside this process.",
    );
    terminal.note();
    const cloud = await startOrUseCloud(port, dataDirectory(context, data), context, lines);
    try {
      const { url, done } = await deployIris(cloud.url, context, lines);
      terminal.note();
      const passed = checks.map(({ request, expected }) => ({ request, answer: expected }));
      terminal.result({ url, steps: done, checks: passed }, url);
      terminal.note(curlLines(url, checks[0].request));
      if (once) return;
      if (!cloud.own) {
        terminal.note("The cloud that was already running keeps serving.");
        return;
      }
      terminal.note("Serving until Ctrl-C. All data is kept; the next start changes nothing.");
      await untilStopped(context);
    } finally {
      await cloud.close();
    }
  },
});

interface TourCloud {
  readonly url: string;
  /** Runs inside this process and ends with it. */
  readonly own: boolean;
  close(): Promise<void>;
}

async function startOrUseCloud(
  port: number,
  dataDir: string,
  context: CommandContext,
  lines: StepLines,
): Promise<TourCloud> {
  const { clock, terminal, version } = context;
  const startedMs = clock.elapsedMs();
  const found = await findCloud(port);
  if (found) {
    lines.step("cloud", `${found.url}, already running as process ${found.pid}`);
    return { url: found.url, own: false, close: async () => {} };
  }
  const log = { info: () => {}, warn: (line: string) => terminal.note(line) };
  const cloud = await startCloud({
    port,
    dataDir,
    version,
    runtimePath: join(context.distDir, "function.cjs"),
    clock,
    log,
  });
  lines.step("cloud", `${cloud.url}, data in ${shownPath(dataDir, context)}`, clock.elapsedMs() - startedMs);
  return { url: cloud.url, own: true, close: () => cloud.close() };
}

async function deployIris(endpoint: string, context: CommandContext, lines: StepLines) {
  const { clock, terminal } = context;
  const startedMs = clock.elapsedMs();
  const path = join(context.distDir, "..", "examples", "iris", "iris_model.sav");
  const source = await readStep(readModelSource({ value: path, directory: context.cwd }, context), context, lines);
  const image = await buildStep(source, { base: undefined, platform: undefined, isLocal: true }, context, lines);
  const aws = await connectLocal(endpoint, undefined, context);
  const spec = checkSpec({ name: "iris", ...specDefaults });
  const { plan, apply } = await planStep(
    aws,
    spec,
    { kind: "model", signature: source.model.signature },
    image,
    context,
  );
  const { url, done } = await apply(lines, checks);
  terminal.note();
  const seconds = ((clock.elapsedMs() - startedMs) / 1000).toFixed(2);
  terminal.note(plan.changes === 0 ? `No changes (${seconds} s).` : `${plan.changes} changes in ${seconds} s.`);
  return { url, done };
}

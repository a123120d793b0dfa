// What the programmatic API (src/api/) shares with the commands: the steps between the rooms.

export { sizeOf } from "./build-image.js";
export { exampleCheck } from "./check.js";
export type { CommandContext } from "./command-context.js";
export { buildStep, planStep, readStep } from "./deployment.js";
export { CliError } from "./errors.js";
export { writing } from "./files.js";
export { thisMachine } from "./machine.js";
export { type ModelSource, modelSourceOf, readModelSource } from "./model-source.js";
export { commandLineError } from "./parse.js";
export { StepLines } from "./show.js";
export { connectTarget, ensureCloud } from "./target.js";
export { defaultPort, type TargetChoice } from "./target-args.js";
export { Terminal } from "./terminal.js";

import { TepalError } from "../../base/index.js";
import { command } from "../command.js";
import { isFileSystemError } from "../files.js";
import { commandLineError } from "../parse.js";
import { errorDocument, isCommandLineError, printError } from "../print-error.js";
import { endProgress } from "../progress.js";
import { portArg, targetArgs } from "../target-args.js";
import { stateOf, waitForChange, watchedPaths } from "../watched-files.js";
import { deployArgs, deployOnce } from "./deploy.js";

export const watch = command({
  args: { ...deployArgs, region: targetArgs.region, port: portArg },
  examples: ["watch iris_model.sav", "watch ./service --name churn"],

  async run(args, context) {
    const { terminal, stop } = context;
    const choice = { ...args, target: "local", plan: false, yes: false } as const;
    const current = async () => stateOf(await watchedPaths(args, context));
    let state = await current();
    if (state === "") throw commandLineError("Nothing to watch", "Pass the path of a model file or of a directory.");
    let isFirst = true;
    while (!stop.aborted) {
      try {
        const { document, text } = await deployOnce(choice, context);
        if (terminal.json) terminal.line(JSON.stringify(document));
        else if (isFirst) terminal.line(text);
        isFirst = false;
      } catch (error) {
        endProgress(context);
        // A file that is being written is broken or missing for a moment, and a wrong option stays wrong.
        if (error instanceof TepalError) {
          if (isFirst && isCommandLineError(error)) throw error;
          if (terminal.json) terminal.line(JSON.stringify(errorDocument(error)));
          else printError(error, "tepal watch", terminal);
        } else if (isFileSystemError(error)) terminal.note(`tepal watch: ${error.message}`);
        else throw error;
      }
      if (stop.aborted) break;
      terminal.note("Waiting for a change. Press Ctrl-C to stop.");
      const changed = await waitForChange(state, current, context);
      if (changed === undefined) break;
      state = changed;
      terminal.note("A file changed.");
    }
    terminal.note("Stopped watching. The deployment keeps running.");
  },
});

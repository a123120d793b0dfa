import type { Command } from "./command.js";
import type { CommandEntry } from "./help.js";

export interface ListedCommand extends CommandEntry {
  readonly load: () => Promise<Command>;
}

/** Every command, in the order of its help. A command's file is loaded when it is called: `tepal --help` reads none. */
export const commands: readonly ListedCommand[] = [
  {
    name: "tour",
    help: "start a cloud, deploy the iris model to it, and serve (npm start)",
    load: async () => (await import("./commands/tour.js")).tour,
  },
  {
    name: "predict",
    help: "answer here and now from a model file, without a cloud",
    load: async () => (await import("./commands/predict.js")).predict,
  },
  {
    name: "inspect",
    help: "tell what a model file holds",
    load: async () => (await import("./commands/inspect.js")).inspect,
  },
  {
    name: "train",
    help: "fit a classifier to a table and write it as a model file",
    load: async () => (await import("./commands/train.js")).train,
  },
  {
    name: "build",
    help: "build the function image of a model",
    load: async () => (await import("./commands/build.js")).build,
  },
  {
    name: "run",
    help: "serve a model over HTTP, as its function image does",
    load: async () => (await import("./commands/run.js")).run,
  },
  {
    name: "deploy",
    help: "make a model file a prediction API",
    load: async () => (await import("./commands/deploy.js")).deploy,
  },
  {
    name: "invoke",
    help: "ask a deployed model",
    load: async () => (await import("./commands/invoke.js")).invoke,
  },
  {
    name: "list",
    help: "show what is deployed",
    load: async () => (await import("./commands/list.js")).list,
  },
  {
    name: "logs",
    help: "show a deployment's log",
    load: async () => (await import("./commands/logs.js")).logs,
  },
  {
    name: "rollback",
    help: "go back to an earlier version",
    load: async () => (await import("./commands/rollback.js")).rollback,
  },
  {
    name: "destroy",
    help: "remove a deployment and all that it made",
    load: async () => (await import("./commands/destroy.js")).destroy,
  },
  {
    name: "cloud start",
    help: "start the embedded cloud",
    load: async () => (await import("./commands/cloud-start.js")).cloudStart,
  },
  {
    name: "cloud stop",
    help: "stop it; its data is kept",
    load: async () => (await import("./commands/cloud-stop.js")).cloudStop,
  },
  {
    name: "cloud status",
    help: "tell whether it runs, and where",
    load: async () => (await import("./commands/cloud-status.js")).cloudStatus,
  },
  {
    name: "cloud reset",
    help: "remove everything that it holds",
    load: async () => (await import("./commands/cloud-reset.js")).cloudReset,
  },
];

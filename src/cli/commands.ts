import type { Command } from "./command.js";
import type { CommandEntry } from "./help.js";

export interface ListedCommand extends CommandEntry {
  readonly load: () => Promise<Command>;
}

/** All commands in the order of the help. A command's file is loaded only when the command runs. */
export const commands: readonly ListedCommand[] = [
  {
    name: "tour",
    help: "start the local cloud, deploy the iris model and serve it (npm start)",
    load: async () => (await import("./commands/tour.js")).tour,
  },
  {
    name: "predict",
    help: "predict with a model file on this machine",
    load: async () => (await import("./commands/predict.js")).predict,
  },
  {
    name: "score",
    help: "add predictions to a file of rows: CSV, JSON Lines or Parquet",
    load: async () => (await import("./commands/score.js")).score,
  },
  {
    name: "inspect",
    help: "show what a model file contains",
    load: async () => (await import("./commands/inspect.js")).inspect,
  },
  {
    name: "openapi",
    help: "print the OpenAPI document of a model or a deployment",
    load: async () => (await import("./commands/openapi.js")).openapi,
  },
  {
    name: "train",
    help: "train a classifier on a CSV table and write a model file",
    load: async () => (await import("./commands/train.js")).train,
  },
  {
    name: "build",
    help: "build the container image of a model or of Python code",
    load: async () => (await import("./commands/build.js")).build,
  },
  {
    name: "run",
    help: "serve a model or a Lambda image over HTTP",
    load: async () => (await import("./commands/run.js")).run,
  },
  {
    name: "deploy",
    help: "deploy a model or a Lambda image as an HTTPS API",
    load: async () => (await import("./commands/deploy.js")).deploy,
  },
  {
    name: "watch",
    help: "deploy to the local cloud again whenever a file changes",
    load: async () => (await import("./commands/watch.js")).watch,
  },
  {
    name: "client",
    help: "write a typed client of a prediction API, in TypeScript or Python",
    load: async () => (await import("./commands/client.js")).client,
  },
  {
    name: "invoke",
    help: "send a request to a deployed model or image",
    load: async () => (await import("./commands/invoke.js")).invoke,
  },
  {
    name: "list",
    help: "list deployments",
    load: async () => (await import("./commands/list.js")).list,
  },
  {
    name: "logs",
    help: "show the logs of a deployment",
    load: async () => (await import("./commands/logs.js")).logs,
  },
  {
    name: "metrics",
    help: "show requests, errors, latency and billed time of a deployment",
    load: async () => (await import("./commands/metrics.js")).metrics,
  },
  {
    name: "status",
    help: "show whether deployments work, and what they serve",
    load: async () => (await import("./commands/status.js")).status,
  },
  {
    name: "rollback",
    help: "return to an earlier version",
    load: async () => (await import("./commands/rollback.js")).rollback,
  },
  {
    name: "destroy",
    help: "delete a deployment and its resources",
    load: async () => (await import("./commands/destroy.js")).destroy,
  },
  {
    name: "cloud start",
    help: "start the local cloud",
    load: async () => (await import("./commands/cloud-start.js")).cloudStart,
  },
  {
    name: "cloud stop",
    help: "stop the local cloud and keep its data",
    load: async () => (await import("./commands/cloud-stop.js")).cloudStop,
  },
  {
    name: "cloud status",
    help: "show whether the local cloud is running, and where",
    load: async () => (await import("./commands/cloud-status.js")).cloudStatus,
  },
  {
    name: "cloud reset",
    help: "delete all data of the local cloud",
    load: async () => (await import("./commands/cloud-reset.js")).cloudReset,
  },
  {
    name: "completion",
    help: "print a completion script for bash, zsh or fish",
    load: async () => (await import("./commands/completion.js")).completion,
  },
];

import { createHandler, startServer } from "../../function/index.js";
import { command } from "../command.js";
import { readModelFile } from "../files.js";
import { wholeNumber } from "../parse.js";
import { stopped } from "../until-stopped.js";

export const run = command({
  takes: {
    model: { positional: true, required: true, help: "path of the model file" },
    port: { help: "port to listen on", parse: wholeNumber(0, 65535), default: 8080 },
    host: { help: "address to listen on", default: "127.0.0.1", value: "ADDRESS" },
  },
  examples: ["run iris_model.sav", "run iris_model.sav --port 9000"],

  async run({ model: path, port, host }, world) {
    const { terminal, stop } = world;
    const { model } = await readModelFile(path, world);
    const log = { info: (line: string) => terminal.note(line), warn: (line: string) => terminal.note(line) };
    const server = await startServer({
      handler: createHandler(model, log),
      signature: model.signature,
      host,
      port,
      log,
    });
    terminal.result({ url: server.url, pid: process.pid }, `${path} answers at ${server.url}`);
    terminal.note("  POST /predict, POST /2015-03-31/functions/function/invocations, GET /health; Ctrl-C ends it.");
    await stopped(stop);
    await server.close();
  },
});

import { resolve } from "node:path";
import { nameFromFile } from "../../deploy/index.js";
import { formatReference, parseReference, writeArchive, writeLayout } from "../../image/index.js";
import { imageArgs, sizeOf } from "../build-image.js";
import { command } from "../command.js";
import { buildStep, readStep } from "../deployment.js";
import { writing } from "../files.js";
import { StepLines } from "../show.js";
import { readSource } from "../source.js";
import { modelArgs, requestedModel } from "../spec-file.js";

export const build = command({
  args: {
    ...modelArgs,
    output: {
      required: true,
      completes: "file",
      help: "FILE.tar for `docker load`, or a directory for an OCI image layout",
      value: "PATH",
    },
    tag: { help: "image name; default: derived from the file name", value: "NAME:TAG" },
    ...imageArgs,
  },
  examples: [
    "build iris_model.sav --output iris.tar",
    "build iris_model.sav --output ./images --tag iris:v1 --base node:22-slim --platform linux/arm64",
  ],

  async run({ model, config, output, tag, ...choice }, context) {
    const lines = new StepLines(context.terminal);
    const source = await readStep(
      readSource(await requestedModel({ model, config }, context), choice, context),
      context,
      lines,
    );
    const name = parseReference(tag ?? nameFromFile(source.name));
    const image = await buildStep(source, choice, context, lines);
    const path = resolve(context.cwd, output);
    const startedMs = context.clock.elapsedMs();
    await writing(output, output.endsWith(".tar") ? writeArchive(image, path, name) : writeLayout(image, path, name));
    lines.step("output", `${output}, ${formatReference(name)}`, context.clock.elapsedMs() - startedMs);
    const { digest } = image.manifest;
    context.terminal.result({ digest, name: formatReference(name), output: path, bytes: sizeOf(image) }, digest);
  },
});

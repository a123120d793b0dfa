import { resolve } from "node:path";
import { buildStep, type CommandContext, readStep, StepLines, sizeOf, writing } from "../cli/index.js";
import { nameFromFile } from "../deploy/index.js";
import { formatReference, parseReference, writeArchive, writeLayout } from "../image/index.js";
import { readSource } from "./model.js";
import type { BuildOptions, BuiltImage, ModelSource } from "./types.js";

export async function writeImage(
  source: ModelSource,
  { output, tag, base, platform }: BuildOptions,
  context: CommandContext,
): Promise<BuiltImage> {
  const lines = new StepLines(context.terminal);
  const read = await readStep(readSource(source, context), context, lines);
  const name = parseReference(tag ?? nameFromFile(read.name));
  const image = await buildStep(read, { base, platform }, context, lines);
  const path = resolve(context.cwd, output);
  await writing(output, path.endsWith(".tar") ? writeArchive(image, path, name) : writeLayout(image, path, name));
  return { digest: image.manifest.digest, name: formatReference(name), output: path, bytes: sizeOf(image) };
}

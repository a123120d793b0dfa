// A whole process that builds and pushes: node push-model.mjs REGISTRY CACHE MODEL
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { buildFunctionImage, bundleLayer, nodeBase, pushImage, Repository } from "../src/image/index.js";

const [registry = "", cacheDir = "", modelPath = ""] = process.argv.slice(2);
const base = await nodeBase({ execPath: process.execPath, system: process.platform, cacheDir });
const bundle = await bundleLayer(readFileSync("dist/function.cjs"), cacheDir);
const title = basename(modelPath);
const files = [{ name: title, bytes: readFileSync(modelPath) }];
const repository = new Repository({ registry, repository: "ours" });
await pushImage(buildFunctionImage({ base, bundle, files, title }), repository, "process");

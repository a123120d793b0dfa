// `npm start`: packages and build, then the tour: it starts a cloud, deploys the example model to it and calls the URL.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { ensureBuild, ensurePackages, projectRoot } from "./setup.mjs";

ensurePackages();
await ensureBuild();
const { NODE_EXTRA_CA_CERTS: _slow, ...environment } = process.env;
const tour = spawn(process.execPath, [join(projectRoot, "dist", "tepal.js"), "tour", ...process.argv.slice(2)], {
  stdio: "inherit",
  env: environment,
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => tour.kill(signal));
tour.on("exit", (code, signal) => {
  process.exitCode = code ?? (signal ? 1 : 0);
});

/**
 * The program of the worker threads. In a build, the module beside the command takes this file's place
 * (`scripts/build.mjs`).
 */
export const workerProgram = new URL("./main.js", import.meta.url);

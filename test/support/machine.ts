import type { Platform } from "../../src/image/index.js";

/** The platform of images made from this machine's Node. */
export const machinePlatform: Platform = { os: "linux", architecture: process.arch === "x64" ? "amd64" : process.arch };

/** The same under Lambda's name for it. */
export const machineArchitecture = process.arch === "x64" ? "x86_64" : process.arch;

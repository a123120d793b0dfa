export { controlTokenHeader, controlTokenPath } from "./control-token.js";
export { prepareDataDirectory } from "./data-directory.js";
export { startEmulator } from "./lambda/emulator/emulator.js";
export { portInUse } from "./port-in-use.js";
export { type CloudOptions, type RunningCloud, startCloud } from "./server.js";

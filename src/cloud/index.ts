export { type CloudOptions, defaultPort, type RunningCloud, startCloud } from "./server.js";

export { type TrainReport, train } from "./train.js";

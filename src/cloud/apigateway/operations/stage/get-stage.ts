import { type ApiGatewayOperation, requireStage } from "../../state.js";
import { stageOf } from "./stage.js";

export const getStage: ApiGatewayOperation<"GetStage"> = ({ restApiId, stageName }, state, call) =>
  stageOf(requireStage(state, call, restApiId, stageName));

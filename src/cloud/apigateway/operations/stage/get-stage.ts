import { type ApiGatewayOperation, getStageOf } from "../../state.js";
import { stageOf } from "./stage.js";

export const getStage: ApiGatewayOperation<"GetStage"> = ({ restApiId, stageName }, state, call) =>
  stageOf(getStageOf(state, call, restApiId, stageName));

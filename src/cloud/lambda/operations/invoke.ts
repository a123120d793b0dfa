import type { Handler } from "../../protocol/operation.js";
import { parseFunctionName } from "../function/function-name.js";
import { checkPayload, clientContextOf } from "../invocation/payload.js";
import type { LambdaState } from "../state.js";

export const invoke: Handler<"lambda", "Invoke", LambdaState> = async (input, state, call) => {
  const reference = parseFunctionName(input.FunctionName, call, input.Qualifier);
  const { requestId } = call;
  const kind = input.InvocationType ?? "RequestResponse";
  const payload = checkPayload(input.Payload, kind);
  const clientContext = clientContextOf(input.ClientContext);
  switch (kind) {
    case "DryRun":
      state.invoker.check(reference, undefined);
      return { StatusCode: 204 };
    case "Event": {
      const { version } = state.invoker.check(reference, undefined);
      state.asyncInvokes.accept(reference, { requestId, qualifier: reference.qualifier ?? "", payload, clientContext });
      return { StatusCode: 202, ExecutedVersion: version.version };
    }
    case "RequestResponse": {
      const result = await state.invoker.invoke(reference, { requestId, payload, clientContext });
      return {
        StatusCode: 200,
        FunctionError: result.functionError,
        LogResult: input.LogType === "Tail" ? Buffer.from(result.logTail).toString("base64") : undefined,
        Payload: result.payload,
        ExecutedVersion: result.executedVersion,
      };
    }
    default:
      return kind satisfies never;
  }
};

import { functionUri, testRejections } from "../../../../../test/support/apigateway.js";

testRejections([
  [
    "a URI that is not an ARN",
    ({ ask }, name) =>
      ask("PutIntegration", { ...name, httpMethod: "POST", type: "AWS", integrationHttpMethod: "POST", uri: "lambda" }),
    "BadRequestException",
    "Invalid ARN specified in the request",
  ],
  [
    "an ARN without a path or action",
    ({ ask }, name) =>
      ask("PutIntegration", {
        ...name,
        httpMethod: "POST",
        type: "AWS",
        integrationHttpMethod: "POST",
        uri: "arn:aws:apigateway:us-east-1:lambda:test",
      }),
    "BadRequestException",
    "AWS ARN for integration must contain path or action",
  ],
  [
    "a proxy integration with another service",
    ({ ask }, name) =>
      ask("PutIntegration", {
        ...name,
        httpMethod: "POST",
        type: "AWS_PROXY",
        integrationHttpMethod: "POST",
        uri: "arn:aws:apigateway:us-east-1:sqs:path/x",
      }),
    "BadRequestException",
    "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
  ],
  [
    "a timeout above AWS's maximum",
    ({ ask }, name) =>
      ask("PutIntegration", {
        ...name,
        httpMethod: "POST",
        type: "AWS",
        integrationHttpMethod: "POST",
        uri: functionUri,
        timeoutInMillis: 30_000,
      }),
    "BadRequestException",
    "Timeout should be between 50 ms and 29000 ms",
  ],
]);

testRejections([
  [
    "a mapping to a header that the method response does not declare",
    ({ ask }, name) =>
      ask("PutIntegrationResponse", {
        ...name,
        httpMethod: "POST",
        statusCode: "200",
        responseParameters: { "method.response.header.X": "'x'" },
      }),
    "BadRequestException",
    "Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: method.response.header.X]",
  ],
  [
    "an invalid status code",
    ({ ask }, name) => ask("PutIntegrationResponse", { ...name, httpMethod: "POST", statusCode: "wrong" }),
    "ValidationException",
    "1 validation error detected: Value 'wrong' at 'statusCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [1-5]\\d\\d",
  ],
]);

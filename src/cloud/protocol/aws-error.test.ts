import { test } from "node:test";
import { AwsError } from "./aws-error.js";

// A line that compiles although it is expected not to is an error of the type checker: these are tests of the types.
test("only codes of the API compile", () => {
  new AwsError<"ecr">("RepositoryNotFoundException", 400, "");
  // @ts-expect-error a misspelled code
  new AwsError<"ecr">("RepositoryNotFoundExeption", 400, "");
  // @ts-expect-error a code of another API
  new AwsError<"ecr">("NoSuchEntityException", 400, "");
  // @ts-expect-error a code that no API has
  new AwsError("NoSuchEntity", 404, "");
  new AwsError<"lambda">("InvalidImageException", 400, "");
  // @ts-expect-error a code that only Lambda returns
  new AwsError<"iam">("InvalidImageException", 400, "");
  new AwsError<"iam">("RequestEntityTooLargeException", 413, "");
});

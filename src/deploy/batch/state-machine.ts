// A state machine of AWS Step Functions that scores tables in S3 with a deployed function: a Distributed Map over the
// rows of each object. Step Functions reads, batches, retries and continues ("redrive"); the function gets plain
// requests of its API, which JSONata makes from the rows.

/** One object, or all objects under a prefix that ends in a slash. */
export interface S3Location {
  readonly bucket: string;
  readonly key: string;
}

export type BatchFormat = "csv" | "jsonl";

export interface BatchJob {
  /** Of the alias of the stage. */
  readonly functionArn: string;
  readonly input: S3Location;
  readonly format: BatchFormat;
  /** Results are written under this prefix. */
  readonly output: S3Location;
  /** The model's columns, in its order, as the input names them. All cells of CSV are strings. */
  readonly columns: readonly { readonly name: string; readonly isNumber: boolean }[];
  readonly method: string;
  /** Function invocations at the same time. */
  readonly concurrency: number;
}

/** A state has 256 KB: rows and their predictions, which can be longer than a row. */
const batchBytesMax = 64 * 1024;
/** A batch that fails is repeated as a whole. */
export const batchRowsMax = 500;
/** Errors of Lambda that pass, as its documentation of Step Functions lists them. */
const transientErrors = [
  "Lambda.ServiceException",
  "Lambda.AWSLambdaException",
  "Lambda.SdkClientException",
  "Lambda.TooManyRequestsException",
  "States.Timeout",
];

/** The definition in Amazon States Language. */
export function batchDefinition(job: BatchJob): object {
  const { input } = job;
  const isPrefix = input.key === "" || input.key.endsWith("/");
  const rows = rowsState(job, isPrefix ? "{% $states.input.Key %}" : input.key);
  if (!isPrefix) return machine({ Rows: { ...rows, End: true } }, "Rows");
  const objects = {
    Type: "Map",
    ItemReader: {
      Resource: "arn:aws:states:::s3:listObjectsV2",
      Arguments: { Bucket: input.bucket, Prefix: input.key },
    },
    // One object after the other: the rows of one use all of the concurrency.
    MaxConcurrency: 1,
    ItemProcessor: {
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
      StartAt: "Rows",
      States: { Rows: { ...rows, End: true } },
    },
    End: true,
  };
  return machine({ Objects: objects }, "Objects");
}

function machine(states: object, first: string): object {
  return { Comment: "tepal score", QueryLanguage: "JSONata", StartAt: first, States: states };
}

function rowsState({ functionArn, input, format, output, columns, method, concurrency }: BatchJob, key: string) {
  return {
    Type: "Map",
    ItemReader: {
      Resource: "arn:aws:states:::s3:getObject",
      ReaderConfig: format === "csv" ? { InputType: "CSV", CSVHeaderLocation: "FIRST_ROW" } : { InputType: "JSONL" },
      Arguments: { Bucket: input.bucket, Key: key },
    },
    ItemBatcher: { MaxItemsPerBatch: batchRowsMax, MaxInputBytesPerBatch: batchBytesMax },
    MaxConcurrency: concurrency,
    ItemProcessor: {
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" },
      StartAt: "Predict",
      States: {
        Predict: {
          Type: "Task",
          Resource: "arn:aws:states:::lambda:invoke",
          Arguments: { FunctionName: functionArn, Payload: `{% ${requestExpression(columns, method, format)} %}` },
          Output: `{% ${resultExpression} %}`,
          Retry: [
            {
              ErrorEquals: transientErrors,
              IntervalSeconds: 1,
              MaxAttempts: 6,
              BackoffRate: 2,
              JitterStrategy: "FULL",
            },
          ],
          End: true,
        },
      },
    },
    ResultWriter: {
      Resource: "arn:aws:states:::s3:putObject",
      WriterConfig: { OutputType: "JSONL", Transformation: "FLATTEN" },
      Arguments: { Bucket: output.bucket, Prefix: output.key.replace(/\/$/, "") },
    },
  };
}

/**
 * The request for a batch: each row as a list in the model's order. For a batch of one row, $map would return the row
 * without the list around it: $append keeps it.
 */
function requestExpression(columns: BatchJob["columns"], method: string, format: BatchFormat): string {
  const cells = columns.map(({ name, isNumber }) => {
    const value = `$lookup($row, ${JSON.stringify(name)})`;
    if (format === "jsonl") return value;
    const present = isNumber ? `$number(${value})` : value;
    return `(${value} in ["", null] ? null : ${present})`;
  });
  const addRow = `function($rows, $row) { $append($rows, [[${cells.join(", ")}]]) }`;
  return `{"values": $reduce($states.input.Items, ${addRow}, []), "method": ${JSON.stringify(method)}}`;
}

/** Each row with its prediction. */
const resultExpression =
  '[$map($states.input.Items, function($row, $index) { $merge([$row, {"prediction": $states.result.Payload[$index]}]) })]';

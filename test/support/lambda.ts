// Lambda with its own store, called without a network, with images of a few files, for tests of its operations and
// environments.

import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import type { TestContext } from "node:test";
import { silentLog, systemClock } from "../../src/base/index.js";
import { createLambda } from "../../src/cloud/lambda/index.js";
import type { Sandbox } from "../../src/cloud/lambda/sandbox/sandbox.js";
import type { LambdaState } from "../../src/cloud/lambda/state.js";
import { AwsError } from "../../src/cloud/protocol/aws-error.js";
import type { Call, Input, OperationName, Output } from "../../src/cloud/protocol/operation.js";
import type { ResolvedImage } from "../../src/cloud/service-interfaces.js";
import { openStore } from "../../src/cloud/store/lmdb-store.js";
import type { BlobStore } from "../../src/cloud/store/store.js";
import { digestOf, ociLayerType, type RunConfig } from "../../src/image/index.js";
import type { LayerFile } from "../../src/image/layer/build-layer.js";
import { sortedWithFolders } from "../../src/image/layer/entries.js";
import { tarOf } from "../../src/image/tar/write-tar.js";
import { temporaryDirectory } from "./temporary-directory.js";
import { until } from "./until.js";

export const call: Call = {
  account: "000000000000",
  region: "us-east-1",
  requestId: "r",
  accessKeyId: "test",
  host: "localhost:4566",
};
export const role = "arn:aws:iam::000000000000:role/runs-functions";
export const imageUri = "localhost:4566/tiny:latest";

/** Lambda's default of 3 seconds is too short for a shell script on a busy machine. */
const testTimeoutSeconds = 60;

const busyboxPath = "/usr/bin/busybox";

/** Reason to skip a test that needs a static busybox. */
export const missingBusybox = existsSync(busyboxPath) ? false : "needs busybox (Debian package busybox-static)";

/** The files of each layer of an image, lowest first, and its config. */
export interface TestImage {
  readonly layers: readonly (readonly LayerFile[])[];
  readonly config: RunConfig;
}

/** An image whose entry point is a busybox shell script; `next` and `respond TEXT` call the Runtime API. */
export function shellImage(script: string): TestImage {
  const functions = `
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
next() {
  wget -q -S -O /tmp/event "$api/invocation/next" 2> /tmp/head || exit 9
  id=$(sed -n 's/.*Lambda-Runtime-Aws-Request-Id: //p' /tmp/head | tr -d '\\r')
  event=$(cat /tmp/event)
}
respond() { wget -q -O /dev/null --post-data "$1" "$api/invocation/$id/response"; }
`;
  const text = (content: string) => Buffer.from(content);
  return {
    layers: [
      [{ path: "bin/busybox", content: readFileSync(busyboxPath), executable: true }],
      [{ path: "var/task/bootstrap", content: text(`#!/bin/busybox sh\n${functions}\n${script}`), executable: true }],
    ],
    config: { Entrypoint: ["/var/task/bootstrap"], WorkingDir: "/var/task", Env: ["PATH=/bin"] },
  };
}

export interface LogLine {
  readonly group: string;
  readonly stream: string;
  readonly message: string;
}

export interface LambdaOptions {
  readonly folder?: string;
  readonly sandbox?: Sandbox;
  /** By URI. */
  readonly images?: Readonly<Record<string, TestImage>>;
}

export function startLambda(
  t: TestContext,
  { folder = temporaryDirectory(t), sandbox, images = {} }: LambdaOptions = {},
) {
  const store = openStore(folder);
  const lines: LogLine[] = [];
  const warnings: string[] = [];
  const known = new Map(Object.entries(images));
  const byDigest = new Map<string, ResolvedImage>();
  const lambda = createLambda(
    {
      store,
      clock: systemClock,
      log: { ...silentLog, warn: (line) => warnings.push(line) },
      random: (bytes) => randomBytes(bytes),
      dataDir: folder,
      publicHost: () => "localhost:4566",
    },
    {
      sandbox,
      images: {
        resolve(uri) {
          const resolved = byDigest.get(uri);
          if (resolved) return resolved;
          const image = known.get(uri);
          if (!image) throw new AwsError("InvalidParameterValueException", 400, `Source image ${uri} does not exist.`);
          const found = resolvedImage(image, uri, store.blobs);
          byDigest.set(found.resolvedImageUri, found);
          return found;
        },
      },
      roles: {
        find: (arn) => (arn === role ? { arn, assumableBy: (who) => who === "lambda.amazonaws.com" } : undefined),
      },
      sessions: { issue: () => ({ accessKeyId: "ASIATEST", secretAccessKey: "secret", sessionToken: "token" }) },
      logs: {
        append: ({ group, stream }, events) => {
          lines.push(...events.map(({ message }) => ({ group, stream, message })));
        },
      },
    },
  );
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= (async () => {
      await lambda.close?.();
      await store.close();
    })();
    return closed;
  };
  t.after(close);

  /** Calls an operation as the cloud's router does. */
  async function send<Name extends OperationName<"lambda">>(
    name: Name,
    input: Input<"lambda", Name>,
    who: Call = call,
  ): Promise<Output<"lambda", Name>> {
    const operation = lambda.service.operations[name] as
      | ((input: Input<"lambda", Name>, state: LambdaState, call: Call) => Promise<Output<"lambda", Name>>)
      | undefined;
    if (!operation) throw new Error(`${name} is not implemented`);
    return operation(input, lambda.service.state, who);
  }

  /** Creates a function from an image and waits until it is active. */
  async function create(FunctionName: string, image: TestImage, more: Partial<Input<"lambda", "CreateFunction">> = {}) {
    known.set(imageUri, image);
    await send("CreateFunction", {
      FunctionName,
      Role: role,
      Code: { ImageUri: imageUri },
      PackageType: "Image",
      Timeout: testTimeoutSeconds,
      ...more,
    });
    await ready(FunctionName);
  }

  /** Waits until the function is neither Pending nor has an update InProgress. */
  async function ready(FunctionName: string) {
    await until(`${FunctionName} is ready`, async () => {
      const { State, LastUpdateStatus } = await send("GetFunctionConfiguration", { FunctionName });
      return State !== "Pending" && LastUpdateStatus !== "InProgress";
    });
  }

  /** Invokes a function and parses the response. */
  async function invoke(FunctionName: string, event: unknown = {}, more: Partial<Input<"lambda", "Invoke">> = {}) {
    const requestId = randomBytes(4).toString("hex");
    const Payload = Buffer.from(JSON.stringify(event));
    const result = await send("Invoke", { FunctionName, Payload, LogType: "Tail", ...more }, { ...call, requestId });
    return {
      requestId,
      status: result.StatusCode,
      error: result.FunctionError,
      payload:
        result.Payload && result.Payload.length > 0
          ? (JSON.parse(Buffer.from(result.Payload).toString()) as unknown)
          : undefined,
      log: Buffer.from(result.LogResult ?? "", "base64").toString(),
      version: result.ExecutedVersion,
    };
  }

  return { lambda, store, folder, lines, warnings, images: known, send, create, ready, invoke, close };
}

function resolvedImage({ layers, config }: TestImage, uri: string, blobs: BlobStore): ResolvedImage {
  const tars = layers.map((files) =>
    tarOf(
      sortedWithFolders(
        files.map(({ path, content, executable }) => ({
          entry: { type: "file", path, mode: executable ? 0o755 : 0o644 },
          content,
        })),
      ),
    ),
  );
  const described = tars.map((tar) => {
    const digest = blobs.put(tar);
    return { digest, mediaType: ociLayerType, size: tar.length, path: blobs.path(digest)! };
  });
  const rootfs = { type: "layers", diff_ids: described.map(({ digest }) => digest) };
  const document = Buffer.from(JSON.stringify({ architecture: "amd64", os: "linux", config, rootfs }));
  const digest = digestOf(document);
  return {
    resolvedImageUri: `${uri.replace(/(:[^:/]*|@.*)$/, "")}@${digest}`,
    digest,
    config: document,
    layers: described,
  };
}

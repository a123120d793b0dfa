import assert from "node:assert/strict";
import { test } from "node:test";
import { missingBusybox, shellImage, startLambda, type TestImage } from "../../../test/support/lambda.js";

const skip = missingBusybox;

interface FailureRow {
  readonly name: string;
  readonly image: TestImage;
  readonly errorType: string;
  readonly errorMessage: string;
  /** The log, besides START and END. */
  readonly log?: RegExp;
}

const serves = "while next; do case $event in *fail*)";
const recovers = '; esac; respond "\\"well\\""; done';
const exits = (image: TestImage, command: readonly string[]): TestImage => ({
  ...image,
  config: { ...image.config, Entrypoint: command },
});

/** Failures of a function that has served invocations before. */
const rows: readonly FailureRow[] = skip
  ? []
  : [
      {
        name: "an exit with a status",
        image: shellImage(`${serves} exit 7${recovers}`),
        errorType: "Runtime.ExitError",
        errorMessage: "RequestId: ID Error: Runtime exited with error: exit status 7",
        log: /RequestId: \S+ Error: Runtime exited with error: exit status 7\nEND RequestId: .*\nREPORT .*Status: error\tError Type: Runtime.ExitError\t\n$/,
      },
      {
        name: "an exit without a reason",
        image: shellImage(`${serves} exit 0${recovers}`),
        errorType: "Runtime.ExitError",
        errorMessage: "RequestId: ID Error: Runtime exited without providing a reason",
      },
      {
        name: "a crash by a signal",
        image: shellImage(`${serves} kill -SEGV $$${recovers}`),
        errorType: "Runtime.ExitError",
        errorMessage: "RequestId: ID Error: Runtime exited with error: signal: segmentation fault",
      },
      {
        name: "more memory than the function has",
        image: shellImage(`${serves} exec tail -c 300000000 /dev/zero${recovers}`),
        errorType: "Runtime.OutOfMemory",
        errorMessage: "RequestId: ID Error: Runtime exited with error: signal: killed",
      },
      {
        name: "a time-out",
        image: shellImage(`${serves} sleep 60${recovers}`),
        errorType: "Sandbox.Timedout",
        errorMessage: "RequestId: ID Error: Task timed out after 3.00 seconds",
        log: /Z \S+ Task timed out after 3.00 seconds\nEND RequestId: .*\nREPORT .*\tDuration: 3000.00 ms\t.*Status: timeout\t\n$/,
      },
    ];

for (const { name, image, errorType, errorMessage, log } of rows) {
  test(`reports ${name} as AWS does, and serves the next invocation`, async (t) => {
    const { create, invoke } = startLambda(t);
    await create("f", image, { Timeout: 3 });
    await invoke("f");

    const failed = await invoke("f", "fail");
    const next = await invoke("f");

    assert.equal(failed.error, "Unhandled");
    assert.deepEqual(failed.payload, { errorType, errorMessage: errorMessage.replace("ID", failed.requestId) });
    if (log) assert.match(failed.log, log);
    assert.deepEqual([next.payload, next.error], ["well", undefined]);
  });
}

/** Functions that cannot start. */
const broken: readonly FailureRow[] = skip
  ? []
  : [
      {
        name: "an entry point that ends at once",
        image: shellImage("exit 3"),
        errorType: "Runtime.ExitError",
        errorMessage: "RequestId: ID Error: Runtime exited with error: exit status 3",
      },
      {
        name: "a missing entry point",
        image: exits(shellImage(""), ["/lambda-entrypoint.sh"]),
        errorType: "Runtime.InvalidEntrypoint",
        errorMessage: "RequestId: ID Error: fork/exec /lambda-entrypoint.sh: no such file or directory",
      },
      {
        name: "an entry point for another processor",
        image: foreign(),
        errorType: "Runtime.InvalidEntrypoint",
        errorMessage: "RequestId: ID Error: fork/exec /bin/foreign: exec format error",
      },
      {
        name: "a missing working directory",
        image: { ...shellImage(""), config: { ...shellImage("").config, WorkingDir: "/absent" } },
        errorType: "Runtime.InvalidWorkingDir",
        errorMessage: "RequestId: ID Error: chdir /absent: no such file or directory",
      },
    ];

for (const { name, image, errorType, errorMessage } of broken) {
  test(`reports ${name} to the caller`, async (t) => {
    const { create, invoke } = startLambda(t);
    await create("f", image);

    const { payload, error, requestId } = await invoke("f");

    assert.equal(error, "Unhandled");
    assert.deepEqual(payload, { errorType, errorMessage: errorMessage.replace("ID", requestId) });
  });
}

test("returns the initialization error that the runtime posted", { skip }, async (t) => {
  const { create, invoke, lines } = startLambda(t);
  const report = `{"errorType":"ImportError","errorMessage":"no module","stackTrace":[]}`;
  const post = `wget -q -O /dev/null --header 'Lambda-Runtime-Function-Error-Type: ImportError' --post-data '${report}' $api/init/error`;
  await create("f", shellImage(`${post}; sleep 60`));

  const { payload, error } = await invoke("f");

  assert.equal(error, "Unhandled");
  assert.deepEqual(payload, JSON.parse(report));
  assert.ok(lines.some(({ message }) => /^INIT_REPORT Init Duration: .*Error Type: ImportError\n$/.test(message)));
});

test("returns the error that the runtime posted, unchanged", { skip }, async (t) => {
  const { create, invoke } = startLambda(t);
  const report = `{"errorType":"ValueError","errorMessage":"bad row"}`;
  await create(
    "f",
    shellImage(`while next; do wget -q -O /dev/null --post-data '${report}' $api/invocation/$id/error; done`),
  );

  const { payload, error, status } = await invoke("f");

  assert.deepEqual([status, error, payload], [200, "Unhandled", JSON.parse(report)]);
});

test("rejects a response of more than 6 MB", { skip }, async (t) => {
  const { create, invoke } = startLambda(t);
  await create(
    "f",
    shellImage(
      'while next; do { printf \'"\'; head -c $event /dev/zero | tr "\\0" a; printf \'"\'; } > /tmp/a; wget -q -O /dev/null --post-file /tmp/a "$api/invocation/$id/response"; done',
    ),
  );

  const fits = await invoke("f", 6_000_000);
  const { payload, error } = await invoke("f", 6_400_000);

  assert.equal(fits.error, undefined);
  assert.equal(error, "Unhandled");
  assert.deepEqual(payload, {
    errorMessage: "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
    errorType: "Function.ResponseSizeTooLarge",
  });
});

/** An ELF header for an unknown processor. */
function foreign(): TestImage {
  const elf = Buffer.alloc(64);
  elf.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  elf.writeUInt16LE(2, 16);
  elf.writeUInt16LE(0x1ff, 18);
  const image = shellImage("");
  return {
    layers: [...image.layers, [{ path: "bin/foreign", content: elf, executable: true }]],
    config: { ...image.config, Entrypoint: ["foreign"] },
  };
}

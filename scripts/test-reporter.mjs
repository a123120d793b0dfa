// Loaded into each test file's process, twice: with --import it announces the name of each test before the test runs,
// and with --test-reporter it announces each result and prints the file's tests in Node's "spec" format. Announcements
// are lines of JSON on a pipe of their own. They are written synchronously: a test that blocks the process is known by
// name.
import { writeSync } from "node:fs";
import { Readable } from "node:stream";
import { beforeEach } from "node:test";
import { spec } from "node:test/reporters";
import { announcementsFd } from "./run-test-files.mjs";

/** Totals that Node prints at the end of a file; run-test-files.mjs prints those of the whole run. */
const totals = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/;

beforeEach(({ name }) => announce({ started: name }));

export default async function* report(events) {
  yield* Readable.from(announced(events)).compose(new spec());
}

async function* announced(events) {
  for await (const event of events) {
    const { type, data } = event;
    if ((type === "test:pass" || type === "test:fail") && data.details?.type !== "suite") {
      const skip = data.skip ?? data.todo;
      announce({
        result: type === "test:fail" ? "failed" : skip === undefined ? "passed" : "skipped",
        name: data.name,
        reason: typeof skip === "string" ? skip : undefined,
      });
    }
    if (type !== "test:diagnostic" || data.nesting > 0 || !totals.test(data.message)) yield event;
  }
  announce({ ended: true });
}

function announce(message) {
  writeSync(announcementsFd, `${JSON.stringify(message)}\n`);
}

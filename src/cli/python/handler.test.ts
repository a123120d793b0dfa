import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { directoryOf } from "../../../test/support/temporary-directory.js";
import { checkHandler } from "./handler.js";

for (const [name, source] of [
  ["a function", "import os\n\ndef handle(event, context):\n    return 1\n"],
  ["an asynchronous function", "async def handle(event, context): return 1\n"],
  ["a decorated function", "@decorated('def other():')\ndef handle(event, context):\n    pass\n"],
  ["an assignment", "from mangum import Mangum\nhandle = Mangum(app)\n"],
  ["an annotated assignment", "handle: Handler = make()\n"],
  ["one of several targets", "first, handle = make()\n"],
  ["a chained assignment", "other = handle = make()\n"],
  ["an import", "from .app import handle\n"],
  ["an import under another name", "from app import main as handle, other\n"],
  ["an import in parentheses", "from app import (\n    other,\n    main as handle,  # the entry\n)\n"],
  ["an import on a continued line", "from app import other, \\\n    handle\n"],
  [
    "a function within if and try",
    "if True:\n    try:\n        def handle(e, c): pass\n    except ImportError: pass\n",
  ],
  ["an import of everything", "from app import *\n"],
  ["a module with __getattr__", "def __getattr__(name):\n    return make(name)\n"],
  ["a class with __call__", "class handle:\n    pass\n"],
] as const) {
  test(`finds the handler that is ${name}`, (t) => {
    checkHandler(directoryOf(t, { "app.py": source }), "app.handle");
  });
}

for (const [name, source] of [
  ["a docstring", '"""\ndef handle(event, context):\n    return 1\n"""\n'],
  ["a comment", "# def handle(event, context):\n"],
  ["a method", "class App:\n    def handle(self, event): pass\n"],
  ["a nested function", "def make():\n    def handle(event, context): pass\n    return handle\n"],
  ["a local variable", "def make():\n    handle = 1\n"],
  ["a comparison", "handle == 1\n"],
  ["an unclosed string", "'''\ndef handle(event, context): pass\n"],
] as const) {
  test(`finds no handler in ${name}`, (t) => {
    assert.throws(() => checkHandler(directoryOf(t, { "app.py": source }), "app.handle"), {
      code: "handler-not-found",
    });
  });
}

for (const [handler, path] of [
  ["package.module.handle", "package/module.py"],
  ["package/module.handle", "package/module.py"],
  ["package.handle", "package/__init__.py"],
] as const) {
  test(`finds the module of ${handler}`, (t) => {
    checkHandler(directoryOf(t, { [path]: "def handle(event, context): pass\n" }), handler);
  });
}

test("an unknown function is an error that lists the functions, and proposes the nearest", (t) => {
  const directory = directoryOf(t, { "app.py": "def lambda_handler(e, c): pass\ndef load(): pass\n" });

  assert.throws(() => checkHandler(directory, "app.lambda_handlr"), {
    code: "handler-not-found",
    message: "app.py does not define lambda_handlr; its functions: lambda_handler, load",
    hint: "Pass --handler app.lambda_handler",
    place: { file: join(directory, "app.py") },
  });
});

test("an unknown module is an error that lists the Python files", (t) => {
  assert.throws(() => checkHandler(directoryOf(t, { "app.py": "" }), "main.handle"), {
    message: "The handler main.handle needs main.py, which does not exist",
    hint: "Pass --handler MODULE.FUNCTION; the directory has app.py.",
  });
});

for (const handler of ["app", ".handle", "app.", "../app.handle", "/etc/app.handle", "a b.c", `${"a".repeat(128)}.b`]) {
  test(`rejects the handler ${JSON.stringify(handler)}`, (t) => {
    assert.throws(() => checkHandler(directoryOf(t, { "app.py": "def handle(): pass\n" }), handler), {
      code: "handler-not-found",
    });
  });
}

test("reads a module of a megabyte in a moment", (t) => {
  const source = `${"x = (1,\n".repeat(50_000)}${"'''".repeat(50_001)}${"a, ".repeat(100_000)}`;
  const directory = directoryOf(t, { "app.py": source });

  assert.throws(() => checkHandler(directory, "app.handle"), { code: "handler-not-found" });
});

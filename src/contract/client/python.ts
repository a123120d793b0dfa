import type { Scalar, Signature } from "../../model/index.js";
import { describeModel } from "../overview.js";
import { rowIsDocument, rowIsJson } from "../request-schema.js";
import type { ClientSubject } from "./index.js";
import { pythonRuntime } from "./python-runtime.js";
import { clientTypes, type TypeSyntax } from "./row-types.js";

const syntax: TypeSyntax = {
  number: "float",
  string: "str",
  boolean: "bool",
  json: "Union[Mapping[str, Any], Sequence[Any]]",
  // Literal has no floats.
  literal: (value: Scalar) => {
    if (typeof value === "number" && !Number.isInteger(value)) return undefined;
    return `Literal[${pythonLiteral(value)}]`;
  },
  union: (types) => (types.length === 1 ? types.join() : `Union[${types.join(", ")}]`),
  orNull: (type) => `Optional[${type}]`,
  list: (type) => `Sequence[${type}]`,
  record: (columns) => {
    const members = columns.map(({ name, type, optional }) => {
      return `    ${pythonString(name)}: ${optional ? `Optional[${type}]` : type},`;
    });
    return `TypedDict("Row", {\n${members.join("\n")}\n})`;
  },
  // Python has no type for a string that is usually one of these.
  openUnion: () => "str",
};

/** A Python module without dependencies, for Python 3.9 or newer; pandas is used if it is installed. */
export function pythonClient({ title, signature, url }: ClientSubject): string {
  const { row, label, results } = clientTypes(signature, syntax);
  const first = results[0]?.method ?? "predict";
  const overloads = results.map(({ method, type }) => overloadOf(method, type)).join("\n");
  return `"""Client of the prediction API ${docOf(title)}: ${docOf(describeModel(signature))}.

Written by \`tepal client --language python\`. It has no dependencies; with pandas, tables can be DataFrames.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import json
import random
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import (
    Any, Callable, Dict, Iterator, List, Literal, Mapping, NamedTuple, Optional, Protocol, Sequence, TypedDict, Union, overload,
)

#: One row of the table.
Row = ${row}
${label === undefined ? "" : `#: A class of the model.\nLabel = ${label}\n`}
DEFAULT_URL: Optional[str] = ${url === undefined ? "None" : pythonString(url)}
Method = Literal[${results.map(({ method }) => pythonString(method)).join(", ")}]
DEFAULT_METHOD: Method = ${pythonString(first)}
${pythonRuntime({ overloads, result: resultOf(results[0]?.type ?? "Any"), record: recordOf(signature) })}`;
}

function recordOf(signature: Signature): string {
  if (rowIsDocument(signature) || rowIsJson(signature)) return "row[0]";
  return signature.named ? "dict(zip(names, row))" : "row";
}

function resultOf(type: string): string {
  return `List[${type}]`;
}

function overloadOf(method: string, type: string): string {
  return `    @overload
    def call(self, method: Literal[${pythonString(method)}], rows: Sequence[Row]) -> ${resultOf(type)}: ...`;
}

/** JSON's escapes are Python's. */
function pythonString(text: string): string {
  return JSON.stringify(text);
}

function pythonLiteral(value: Scalar): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "string" ? pythonString(value) : value.toString();
}

/** Names come from model files: they cannot end the doc string. */
function docOf(text: string): string {
  return text.replaceAll(/\p{Cc}|[\\"]/gu, " ");
}

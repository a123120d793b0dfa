// THIRD-PARTY-NOTICES.txt: the licenses of everything that the bundles contain, according to esbuild.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./setup.mjs";

/** What npm packages do not say: code and data of projects that are not npm packages themselves. */
const otherWorks = [
  {
    title: "libsvm, compiled to WebAssembly by libsvm-wasm (BSD-3-Clause)",
    source: "node_modules/libsvm-wasm/",
    text: licenseText("libsvm"),
  },
  {
    title: "scikit-learn, its list of English stop words (BSD-3-Clause)",
    source: "src/model/sklearn/feature-extraction/stop-words.ts",
    text: licenseText("scikit-learn"),
  },
];

function licenseText(name) {
  return readFileSync(join(projectRoot, "scripts", "licenses", `${name}.txt`), "utf8");
}

/** The notices of the packages that the source files belong to. @param sources paths relative to the project */
export function noticesOf(sources) {
  const packages = packagesOf(sources).map(describePackage);
  const others = otherWorks.filter(({ source }) => sources.some((path) => path.startsWith(source)));
  const entries = new Map();
  for (const { title, text } of [...packages, ...others]) entries.set(text, [...(entries.get(text) ?? []), title]);
  return [...entries]
    .map(([text, titles]) => `${titles.join("\n")}\n\n${text.trim()}\n`)
    .join(`\n${"-".repeat(80)}\n\n`);
}

/** The directories of packages, sorted: of "node_modules/a/node_modules/b/c.js" the inner one. */
function packagesOf(sources) {
  const directories = sources.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  return [...new Set(directories)].sort();
}

function describePackage(directory) {
  const { name, version, license, author } = JSON.parse(
    readFileSync(join(projectRoot, directory, "package.json"), "utf8"),
  );
  const file = readdirSync(join(projectRoot, directory)).find((entry) => /^licen[cs]e/i.test(entry));
  const text =
    file === undefined ? "" : readFileSync(join(projectRoot, directory, file), "utf8").replaceAll("\r\n", "\n");
  const title = `${name} ${version} (${license})`;
  // One copy of this license is enough: the package's own LICENSE. A package has a notice or a copyright line.
  if (license === "Apache-2.0")
    return { title, text: `${copyrightOf(text)}\nSee LICENSE for the Apache License, Version 2.0.` };
  if (text === "") return { title, text: `Copyright ${authorName(author)}\n${unwrittenLicenses[license]}` };
  return { title, text };
}

function copyrightOf(text) {
  const line = text.split("\n").find((each) => /^\s*Copyright .*\d{4}/.test(each) && !each.includes("[yyyy]"));
  return line?.trim() ?? "Copyright Amazon.com, Inc. or its affiliates. All Rights Reserved.";
}

function authorName(author) {
  return typeof author === "string" ? author : author.name;
}

/** For packages that name their license and do not contain its text. */
const unwrittenLicenses = {
  ISC: `
Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby
granted, provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF
THIS SOFTWARE.`,
};

// What is known of a model beside its signature: for its clients, not for predictions.

import { chainFileName } from "./model-file.js";

export interface About {
  /** The model's name in the protocols of KServe: that of the deployment, or of the model file. */
  readonly name: string;
  /** The version of Tepal that runs the model. */
  readonly tepal: string;
  /** The version of the function, as Lambda counts them; undefined outside Lambda. */
  readonly release?: string;
  /** The model's files. Their digests are computed when a client requests them: a large file takes a second. */
  readonly files: () => readonly ModelFile[] | Promise<readonly ModelFile[]>;
}

interface ModelFile {
  readonly name: string;
  readonly bytes: number;
  /** `sha256:...` of the file. */
  readonly digest: string;
}

/** The name of a model whose file has the path: "/model/iris_model.sav" is "iris_model". */
export function nameOfFile(path: string): string {
  const file = path.slice(path.lastIndexOf("/") + 1);
  return file.replace(/(?<=.)\.[^.]*$/, "");
}

/** The model file of the path, or the files of the chain.json. */
export async function describeFiles(path: string): Promise<readonly ModelFile[]> {
  // Loaded on demand: no prediction needs them.
  const [{ createHash }, { readdir, readFile }] = await Promise.all([
    import("node:crypto"),
    import("node:fs/promises"),
  ]);
  const directory = path.slice(0, path.lastIndexOf("/") + 1);
  const name = path.slice(directory.length);
  const names = name === chainFileName ? (await readdir(directory)).sort() : [name];
  return Promise.all(
    names.map(async (file) => {
      const content = await readFile(directory + file);
      const digest = `sha256:${createHash("sha256").update(content).digest("hex")}`;
      return { name: file, bytes: content.length, digest };
    }),
  );
}

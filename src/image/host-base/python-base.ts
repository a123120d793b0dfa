// A base image without a network: this machine's Python, its standard library, and the libraries that both need.

import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { TepalError } from "../../base/index.js";
import type { OnProgress } from "../on-progress.js";
import type { PythonBase } from "../python/python-image.js";
import { hostLayer, type PlacedFile, platformOf, requireLinux } from "./host-layer.js";
import { librariesOf } from "./libraries.js";

/** A Python of this machine, as it describes itself. */
export interface PythonInstallation {
  /** The program, not a link of a virtual environment. */
  readonly executable: string;
  /** "3.12" */
  readonly version: string;
  /** Directory of the standard library: ".../lib/python3.12". */
  readonly standardLibrary: string;
  /** Version of glibc; undefined with another C library. */
  readonly glibc?: string | undefined;
}

interface PythonBaseOptions {
  readonly python: PythonInstallation;
  /** `process.platform`. */
  readonly system: string;
  /** Directory of the compressed layer. */
  readonly cacheDir: string;
  /** Called while the layer is compressed. */
  readonly onProgress?: OnProgress;
}

const prefix = "/usr/local";
const certificates = "/etc/ssl/certs/ca-certificates.crt";
/** Debian and Alpine; Fedora and Amazon Linux; openSUSE; Alpine and macOS. */
const certificatePaths = [
  certificates,
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/ssl/cert.pem",
];
/**
 * Not needed to run a function: tests, user interfaces, installers, packages of other programs, and files for compiling
 * against Python. Debian's `sitecustomize` reports crashes to the desktop.
 */
const omitted =
  /^(tests?|idlelib|tkinter|turtledemo|turtle\.py|ensurepip|(site|dist)-packages|config-.*|__pycache__|sitecustomize\.py|.*\.(pyc|a|o|exe))$/;
/** Extension modules of tests and of Tk. */
const omittedModule = /^(_test.*|_ctypes_test|_xx.*|xx.*|_tkinter)\./;
/**
 * Libraries of the system to which wheels link (PEP 600; auditwheel's policies), beside those that Python needs, and
 * with which glibc before 2.34 resolves host names.
 */
const wheelLibraries = [
  ...["libm.so.6", "libdl.so.2", "librt.so.1", "libpthread.so.0", "libutil.so.1", "libresolv.so.2"],
  ...["libgcc_s.so.1", "libstdc++.so.6", "libz.so.1", "libexpat.so.1", "libnss_dns.so.2", "libnss_files.so.2"],
];
/** Directories of the standard library are nested three deep; a link to a parent would never end. */
const depthMax = 16;

/**
 * The base image of a Python of this machine, compressed once and cached in `cacheDir` until one of its files changes.
 * Packages that are installed in it are not included.
 * @throws ImageError "image-base-system" on other systems than Linux; "image-base-elf", "image-base-library"
 */
export async function pythonBase({ python, system, cacheDir, onProgress }: PythonBaseOptions): Promise<PythonBase> {
  requireLinux("Python", system);
  const executable = realpathSync(python.executable);
  const name = `python${python.version}`;
  const library = realpathSync(python.standardLibrary);
  // Python finds its library beside itself: PREFIX/bin/python3.12, PREFIX/lib/python3.12 (lib64 on Fedora).
  const to = `${prefix}/${basename(dirname(library))}/${name}`;
  const standard = libraryFiles(library, to);
  const modules = standard.filter(({ from }) => from.endsWith(".so"));
  const usable = modules.filter(({ from }) => hasLibraries(executable, from));
  const files: PlacedFile[] = [
    { from: executable, to: `${prefix}/bin/${name}` },
    ...standard.filter(({ from }) => !from.endsWith(".so")),
    ...usable,
    ...librariesOf(
      executable,
      usable.map(({ from }) => from),
      wheelLibraries,
    ),
    ...certificatePaths
      .filter((path) => existsSync(path))
      .slice(0, 1)
      .map((path): PlacedFile => ({ from: realpathSync(path), to: certificates, data: true })),
  ];
  const layer = await hostLayer("python-base", files, cacheDir, { onProgress });
  return {
    ...platformOf(executable),
    layers: [layer],
    diffIds: [layer.diffId],
    config: { Env: [`PATH=${prefix}/bin:/usr/bin:/bin`, "LANG=C.UTF-8", `SSL_CERT_FILE=${certificates}`] },
    history: [],
    python: `${prefix}/bin/${name}`,
    version: python.version,
    glibc: python.glibc,
  };
}

function libraryFiles(from: string, to: string, depth = 0): PlacedFile[] {
  return readdirSync(from)
    .filter((name) => !omitted.test(name) && !omittedModule.test(name))
    .sort()
    .flatMap((name): PlacedFile[] => {
      const path = join(from, name);
      // Distributions link files of the library to /etc and elsewhere.
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats?.isDirectory() && depth < depthMax) return libraryFiles(path, `${to}/${name}`, depth + 1);
      return stats?.isFile() ? [{ from: path, to: `${to}/${name}`, data: true }] : [];
    });
}

/** Whether an extension module can be imported on this machine: optional libraries may have been removed. */
function hasLibraries(executable: string, module: string): boolean {
  try {
    librariesOf(executable, [module]);
    return true;
  } catch (error) {
    if (error instanceof TepalError) return false;
    throw error;
  }
}

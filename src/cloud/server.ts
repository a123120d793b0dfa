import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { join } from "node:path";
import type { Clock, Log } from "../base/index.js";
import { createControl } from "./control.js";
import { createControlToken, requireControlToken } from "./control-token.js";
import { prepareDataDirectory, withDataDirectory } from "./data-directory.js";
import { listen, stopListening } from "./listen.js";
import { serve } from "./node-http.js";
import { pooledRandom } from "./random.js";
import { createRequestRouter } from "./request-router.js";
import { startServices } from "./services.js";
import { openStore } from "./store/lmdb-store.js";

/** Longer than SDKs keep an idle connection open, so that the server never closes one that a client is about to use. */
const keepAliveMs = 75_000;
/** Clients push layers of gigabytes from slow disks. */
const requestMsMax = 3_600_000;

export interface CloudOptions {
  /** 0 lets the system choose a free port. */
  readonly port: number;
  /** The directory of all data; created if it does not exist. */
  readonly dataDir: string;
  /** The account of callers whose access key id is not itself an account id of 12 digits. */
  readonly account?: string;
  /** The region of unsigned requests. */
  readonly region?: string;
  /**
   * The runtime that this Tepal puts into function images (`function.cjs`). Where namespaces do not work, images with
   * this very runtime run as plain processes, and no other image runs.
   */
  readonly runtimePath?: string;
  /** Tepal's version, for `/_tepal/health`. */
  readonly version: string;
  readonly clock: Clock;
  readonly log: Log;
}

export interface RunningCloud {
  readonly port: number;
  /** `http://127.0.0.1:4566`: the value for `AWS_ENDPOINT_URL`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts the local cloud on 127.0.0.1 and resolves when it accepts requests.
 * @throws CloudError "port-in-use", "data-directory-unusable", "store-in-use", "store-damaged", "store-format"
 */
export async function startCloud(options: CloudOptions): Promise<RunningCloud> {
  const { dataDir, account = "000000000000", region = "us-east-1", runtimePath, version, clock, log } = options;
  const server = createServer({
    joinDuplicateHeaders: true,
    keepAliveTimeout: keepAliveMs,
    requestTimeout: requestMsMax,
  });
  // The port comes first: of two clouds that start together one fails here, before either opens the store.
  const port = await listen(server, options.port, "127.0.0.1");
  try {
    const publicHost = () => `localhost:${port}`;
    prepareDataDirectory(dataDir);
    const store = withDataDirectory(dataDir, () => openStore(join(dataDir, "store")));
    const random = pooledRandom(randomBytes);
    const services = startServices({ store, clock, log, random, dataDir, publicHost, runtimePath });
    const reset = async () => {
      await services.reset();
      await store.clear();
    };
    const control = createControl(
      { name: "tepal", version, pid: process.pid, account, region, dataDir, services: [...services.byName.keys()] },
      reset,
    );
    const routeRequest = createRequestRouter({
      services: services.byName,
      routes: services.routes,
      streamRoutes: services.streamRoutes,
      control: requireControlToken(control, createControlToken(dataDir, random)),
      accountOf: services.accountOf,
      account,
      region,
      publicHost,
      random,
      log,
    });
    server.on("request", serve(routeRequest, log));
    return {
      port,
      url: `http://127.0.0.1:${port}`,
      async close() {
        await stopListening(server);
        await services.close();
        await store.close();
      },
    };
  } catch (error) {
    await stopListening(server);
    throw error;
  }
}

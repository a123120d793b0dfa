// Starts and stops listening on a port.

import type { Server } from "node:http";
import { portInUse } from "./port-in-use.js";

/** How long open requests can continue after `stopListening`. */
const closeGraceMs = 2_000;

/** Listens, and returns the port: 0 lets the system choose one. @throws CloudError "port-in-use" */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      if ("code" in error && error.code === "EADDRINUSE") portInUse(port).then(reject, reject);
      else reject(error);
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

/** Stops accepting requests and gives open ones a moment to finish. */
export async function stopListening(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const deadline = setTimeout(() => server.closeAllConnections(), closeGraceMs);
  await closed;
  clearTimeout(deadline);
}

import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";

/** A server of this process. It goes with its scope. */
export interface LocalServer extends AsyncDisposable {
  /** `host:port` */
  readonly address: string;
}

/** Listens on a free port of 127.0.0.1. */
export async function startLocalServer(answer: RequestListener): Promise<LocalServer> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  if (typeof bound !== "object" || bound === null) throw new Error("it does not listen");
  return {
    address: `127.0.0.1:${bound.port}`,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

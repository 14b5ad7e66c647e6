import type { ListenOptions } from "node:net";
import { createServer, type RequestListener, type Server } from "node:http";
import type { Clock } from "../base/clock.ts";
import type { Logger } from "../base/logger.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { trackConnections } from "./connections.ts";
import { formatListenAddress, type ListenAddress } from "./listen-address.ts";
import type { MessageClasses } from "./message-classes.ts";
import type { Web } from "./web.ts";

/** A server on one address. */
export interface BoundServer {
  /** As bound: the port that was free in place of 0. */
  readonly address: string;
  /** Takes no more connections, ends the idle ones and waits for the others, for so long at most. */
  readonly close: (limitSeconds: number) => Promise<void>;
}

/** What every server needs. */
export interface ServerModules {
  readonly logger: Logger;
  readonly clock: Clock;
  /** Left out for plain HTTP. */
  readonly secure?: Web["secure"];
  /** Left out for Node's own. */
  readonly messages?: MessageClasses;
}

const LISTEN_ERRORS: Readonly<Record<string, string>> = {
  EADDRINUSE: "the address is in use already",
  EADDRNOTAVAIL: "this host does not have that address",
  EACCES: "permission is denied",
  ENOTFOUND: "the host name is not known",
  EAI_AGAIN: "the host name cannot be looked up now",
};

/** A socket that listens already, by its number in this process. */
export interface PassedSocket {
  readonly descriptor: number;
}

/** Listens on one address, or takes over a socket. The error is one line that names it. */
export async function bindServer(
  app: RequestListener,
  address: ListenAddress | PassedSocket,
  { logger, clock, secure, messages }: ServerModules,
): Promise<Result<BoundServer>> {
  const server = createServer({ ...TIMEOUTS, ...messages }, app);
  server.keepAliveTimeout = KEEP_ALIVE_MILLISECONDS;
  server.setTimeout(SILENCE_MILLISECONDS);
  const connections = trackConnections(server);
  const handshakes = secure?.(server);
  const problem = await startListening(server, address);
  if (problem !== undefined) return fail(`cannot listen on ${describe(address)}: ${problem}`);
  server.on("error", (error) => {
    logger.error({ err: error }, "HTTP server failed");
  });
  return ok({
    address: boundAddress(server),
    close: async (limitSeconds) => {
      const cancel = clock.after(limitSeconds, connections.destroy);
      handshakes?.destroy();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        connections.drain();
      });
      cancel();
    },
  });
}

/** A request is small: its headers and the whole of it have to be there soon. */
const TIMEOUTS = { headersTimeout: 10_000, requestTimeout: 15_000 };

/** Longer than the usual scrape intervals, so that a connection is used again. */
const KEEP_ALIVE_MILLISECONDS = 75_000;

/** After which a connection is ended on which nothing moves at all, such as that of a client which does not read. */
const SILENCE_MILLISECONDS = 90_000;

async function startListening(
  server: Server,
  address: ListenAddress | PassedSocket,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const onError = (error: Error): void => {
      resolve(describeListenError(error));
    };
    server.once("error", onError);
    server.listen(listenOptions(address), () => {
      server.off("error", onError);
      resolve(undefined);
    });
  });
}

function listenOptions(address: ListenAddress | PassedSocket): ListenOptions & { fd?: number } {
  if ("descriptor" in address) return { fd: address.descriptor };
  const { host, port } = address;
  return host === undefined ? { port } : { port, host };
}

function describe(address: ListenAddress | PassedSocket): string {
  return "descriptor" in address
    ? `the socket passed as ${String(address.descriptor)}`
    : formatListenAddress(address);
}

function describeListenError(error: Error): string {
  const code = "code" in error ? String(error.code) : "";
  return LISTEN_ERRORS[code] ?? error.message;
}

function boundAddress(server: Server): string {
  const address = server.address();
  // A socket of another family that was passed.
  if (address === null || typeof address === "string") return address ?? "a passed socket";
  return formatListenAddress({ host: address.address, port: address.port });
}

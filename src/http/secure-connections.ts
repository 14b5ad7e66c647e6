import type { Server } from "node:http";
import type { Socket } from "node:net";
import type { Server as TlsServer, TLSSocket } from "node:tls";
import { errorCode, errorText } from "../base/errors.ts";
import type { Logger } from "../base/logger.ts";
import type { TlsConfig } from "../config/web-config.ts";
import { judgeClient } from "./client-certificate.ts";
import type { WebSettingsReader } from "./web-settings.ts";

/** The connections of a server that have not shaken hands yet. */
export interface SecuredConnections {
  /** Ends them. */
  readonly destroy: () => void;
}

/**
 * Makes an HTTP server shake hands on every connection before it sees it. The settings are read for each, and a handshake server of Node's
 * own is handed the connection, since Node cannot change whom a server that listens asks for a certificate.
 */
export function secureConnections(
  server: Server,
  { read }: WebSettingsReader,
  logger: Logger,
): SecuredConnections {
  const waiting = new Set<Socket>();
  const follow = createFollower({ accept: takeListeners(server), waiting, logger });
  const begin = async (raw: Socket): Promise<void> => {
    const { handshakes, config } = await read();
    if (handshakes === undefined || config.tls === undefined || raw.destroyed) {
      raw.destroy();
      return;
    }
    follow(handshakes, config.tls);
    handshakes.emit("connection", raw);
  };
  server.on("connection", (raw: Socket) => {
    waiting.add(raw);
    raw.once("close", () => waiting.delete(raw));
    raw.on("error", (error) => {
      logger.debug({ reason: errorText(error) }, "connection failed");
    });
    begin(raw).catch((error: unknown) => {
      logger.error({ err: error }, "connection failed");
      raw.destroy();
    });
  });
  return {
    destroy: () => {
      for (const raw of waiting) raw.destroy();
    },
  };
}

/** Takes over what a server does with a connection. */
function takeListeners(server: Server): (socket: TLSSocket) => void {
  const listeners = server.listeners("connection");
  server.removeAllListeners("connection");
  return (socket) => {
    for (const listener of listeners) Reflect.apply(listener, server, [socket]);
  };
}

interface FollowerModules {
  readonly accept: (socket: TLSSocket) => void;
  readonly waiting: Set<Socket>;
  readonly logger: Logger;
}

/** What becomes of handshakes; a server of them is followed once. */
function createFollower({
  accept,
  waiting,
  logger,
}: FollowerModules): (handshakes: TlsServer, tls: TlsConfig) => void {
  const followed = new WeakSet<TlsServer>();
  return (handshakes, tls) => {
    if (followed.has(handshakes)) return;
    followed.add(handshakes);
    handshakes.on("secureConnection", (socket) => {
      forget(waiting, socket);
      const { authorized } = socket;
      const judged = judgeClient(tls, { certificate: socket.getPeerX509Certificate(), authorized });
      if (judged.ok) {
        accept(socket);
        return;
      }
      logger.debug({ reason: judged.error }, "client refused");
      socket.on("error", () => undefined).destroy();
    });
    handshakes.on("tlsClientError", (error, socket) => {
      logger.debug({ reason: errorText(error) }, "TLS handshake failed");
      const raw = forget(waiting, socket);
      if (errorCode(error) === "ERR_SSL_HTTP_REQUEST") raw?.write(PLAIN_HTTP);
    });
  };
}

const PLAIN_HTTP =
  "HTTP/1.0 400 Bad Request\r\nContent-Type: text/plain\r\n\r\nThis is HTTPS; the request was HTTP.\n";

/** Takes the connection below a handshake from the set. */
function forget(waiting: Set<Socket>, above: TLSSocket): Socket | undefined {
  const raw = [...waiting].find(
    ({ remoteAddress, remotePort, localPort }) =>
      remoteAddress === above.remoteAddress &&
      remotePort === above.remotePort &&
      localPort === above.localPort,
  );
  if (raw !== undefined) waiting.delete(raw);
  return raw;
}

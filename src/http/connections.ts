import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** A server's open connections, so that it can end them when it closes. */
export interface Connections {
  /** Ends those without a request at once, and every other one with its response. */
  readonly drain: () => void;
  /** Ends all of them at once. */
  readonly destroy: () => void;
}

/**
 * Watches the connections of a server that is not listening yet. Node's own closeIdleConnections leaves those on which nothing
 * was asked so far, and those whose response is under way when it is called, open until they time out.
 */
export function trackConnections(server: Server): Connections {
  const requests = new Map<Socket, number>();
  let draining = false;
  const endIfIdle = (socket: Socket): void => {
    if (draining && requests.get(socket) === 0) socket.destroySoon();
  };
  const count = (socket: Socket, change: 1 | -1): void => {
    const before = requests.get(socket);
    if (before === undefined) return;
    requests.set(socket, before + change);
    endIfIdle(socket);
  };
  server.on("connection", (socket: Socket) => {
    requests.set(socket, 0);
    socket.once("close", () => requests.delete(socket));
  });
  server.on("request", ({ socket }: IncomingMessage, response: ServerResponse) => {
    count(socket, 1);
    response.once("close", () => {
      count(socket, -1);
    });
  });
  return {
    drain: () => {
      draining = true;
      for (const socket of requests.keys()) endIfIdle(socket);
    },
    destroy: () => {
      for (const socket of requests.keys()) socket.destroy();
    },
  };
}

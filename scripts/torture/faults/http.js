// @ts-check
// Clients that are broken, or mean it.
import { connect } from "node:net";

import { pause } from "./fault.js";

const MALFORMED = [
  "\r\n\r\n\r\n",
  "GET\r\n\r\n",
  "GET /metrics HTTP/9.9\r\n\r\n",
  "GET /metrics HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
  "POST /metrics HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
  "GET /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  "GET /%00%ff%zz?a[]=%%% HTTP/1.1\r\nHost: a\r\n\r\n",
  "GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001",
  `${"A".repeat(70_000)} / HTTP/1.1\r\n\r\n`,
];

/** @type {readonly import("./fault.js").Fault[]} */
export const httpFaults = [
  {
    name: "header of 5 MB",
    begin: async ({ daemon }) => {
      const socket = open(daemon);
      socket.write(`GET /metrics HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(5_000_000)}\r\n\r\n`);
      const closed = new Promise((resume) => {
        socket.on("close", resume);
      });
      await Promise.race([closed, pause(5)]);
      socket.destroy();
    },
  },
  {
    name: "slow-loris",
    begin: async ({ daemon }) => {
      const sockets = Array.from({ length: 50 }, () => open(daemon));
      for (const letter of "GET /metrics") {
        for (const socket of sockets) if (socket.writable) socket.write(letter);
        await pause(0.3);
      }
      for (const socket of sockets) socket.destroy();
    },
  },
  {
    name: "1,000 half-open connections",
    begin: async ({ daemon }) => {
      const sockets = Array.from({ length: 1000 }, () => open(daemon));
      for (const socket of sockets) socket.write("GET /metrics HTTP/1.1\r\nHost: a\r\n");
      await pause(3);
      for (const socket of sockets) socket.destroy();
    },
  },
  {
    name: "malformed HTTP",
    begin: async ({ daemon, random, pick }) => {
      const noise = String.fromCodePoint(
        ...Array.from({ length: 2000 }, () => Math.floor(random() * 256)),
      );
      const sockets = Array.from({ length: 10 }, () => open(daemon));
      for (const socket of sockets) socket.write(pick([...MALFORMED, noise]), "latin1");
      await pause(0.5);
      for (const socket of sockets) socket.destroy();
    },
  },
];

/** @param {import("../daemon.js").Daemon} daemon */
function open({ port }) {
  const socket = connect({ host: "127.0.0.1", port });
  // It is to be refused, or ended.
  socket.on("error", () => undefined);
  socket.resume();
  return socket;
}

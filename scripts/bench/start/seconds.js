// @ts-check
import { spawn } from "node:child_process";
import { once } from "node:events";
import { get } from "node:http";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** Between two questions whether it is ready. */
const POLL_MILLISECONDS = 1;

/** From the start of a program of Node to its first 200 on /-/ready; it is ended then. @param {readonly string[]} args @param {number} port */
export async function secondsToReady(args, port) {
  const began = performance.now();
  const child = spawn(process.execPath, args, { stdio: "ignore" });
  const exited = once(child, "exit");
  while (!(await isReady(port))) {
    if (child.exitCode !== null) throw new Error(`${args[0]} ended with ${child.exitCode}`);
    // oxlint-disable-next-line no-await-in-loop -- nobody tells
    await wait(POLL_MILLISECONDS);
  }
  const seconds = (performance.now() - began) / 1000;
  child.kill("SIGTERM");
  await exited;
  return seconds;
}

/** From the start of a program of Node to its end. @param {readonly string[]} args */
export async function secondsToEnd(args) {
  const began = performance.now();
  const child = spawn(process.execPath, args, { stdio: "ignore" });
  await once(child, "exit");
  return (performance.now() - began) / 1000;
}

/** A port of this host that nobody has at the moment. */
export async function findFreePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** @param {number} port @returns {Promise<boolean>} */
async function isReady(port) {
  return new Promise((resolve) => {
    const request = get({ host: "127.0.0.1", port, path: "/-/ready", agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on("error", () => resolve(false));
  });
}

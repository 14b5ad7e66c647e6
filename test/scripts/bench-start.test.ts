import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findFreePort, secondsToEnd, secondsToReady } from "../../scripts/bench/start/seconds.js";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

const READY_LATER = `
  import { createServer } from "node:http";
  const began = performance.now();
  const isReady = () => performance.now() - began > 300;
  createServer((request, response) => {
    response.writeHead(request.url === "/-/ready" && isReady() ? 200 : 503).end();
  }).listen(Number(process.argv[2]), "127.0.0.1");
`;

test("a start takes until the first 200, not until the first answer", async () => {
  await using directory = await makeTemporaryDirectory();
  const file = join(directory.path, "server.mjs");
  await writeFile(file, READY_LATER);
  const port = await findFreePort();
  const seconds = await secondsToReady([file, String(port)], port);
  expect(seconds).toBeGreaterThan(0.3);
});

test("what ends before it is ready is an error, not a short start", async () => {
  await using directory = await makeTemporaryDirectory();
  const file = join(directory.path, "ends.mjs");
  await writeFile(file, "");
  await expect(secondsToReady([file], await findFreePort())).rejects.toThrow("ended with 0");
});

test("a program takes until its end", async () => {
  expect(await secondsToEnd(["-e", "setTimeout(() => undefined, 150)"])).toBeGreaterThan(0.15);
});

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeMetrics } from "../metrics/exposition-text.ts";
import { live } from "../support/live.ts";
import { createClock } from "../support/still-clock.ts";
import { until } from "../support/until.ts";
import { createTestLogger, makeModules, serve } from "./modules.ts";

/** A text that does not fit into the buffers of a connection, so that a client which does not read holds its request. */
const GPUS = 48;

let served: Awaited<ReturnType<typeof serve>>;
let sockets: Socket[];

async function start(maxRequests?: number): Promise<void> {
  const clock = createClock();
  const metrics = makeMetrics(clock);
  live(metrics, clock, GPUS);
  const modules = makeModules(createTestLogger().logger, { metrics });
  served = await serve(modules, { maxRequests });
}

beforeEach(() => {
  sockets = [];
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await served.close();
});

/** Asks, and reads no more than the beginning of the answer, which is returned. */
async function hold(): Promise<string> {
  const { hostname, port } = new URL(served.url);
  const socket = connect(Number(port), hostname);
  sockets.push(socket);
  socket.write("GET /metrics HTTP/1.1\r\nHost: test\r\n\r\n");
  await once(socket, "readable");
  return String(socket.read(15));
}

async function scrapeStatus(): Promise<number> {
  const response = await fetch(`${served.url}/metrics`);
  await response.body?.cancel();
  return response.status;
}

describe("the limit of scrapes at a time", () => {
  it("is 40: the next one is told so while they are held, and goes through when one of them is gone", async () => {
    await start();
    for (let count = 0; count < 40; count += 1) expect(await hold()).toBe("HTTP/1.1 200 OK");
    const refused = await fetch(`${served.url}/metrics`);
    expect(refused.status).toBe(503);
    expect(await refused.text()).toBe(
      "As many requests as are allowed at a time (40) are being answered.\n",
    );
    expect((await fetch(`${served.url}/-/healthy`)).status).toBe(200);
    sockets[0]?.destroy();
    await until("a scrape that goes through", async () => (await scrapeStatus()) === 200);
  });

  it("counts none that was answered to its end", async () => {
    await start(1);
    for (let count = 0; count < 3; count += 1) {
      await until("an answer", async () => {
        const response = await fetch(`${served.url}/metrics`);
        await response.text();
        return response.status === 200;
      });
    }
    expect(await hold()).toBe("HTTP/1.1 200 OK");
    expect(await scrapeStatus()).toBe(503);
  });

  it("is none at 0", async () => {
    await start(0);
    for (let count = 0; count < 41; count += 1) expect(await hold()).toBe("HTTP/1.1 200 OK");
  });
});

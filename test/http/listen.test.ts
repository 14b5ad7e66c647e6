import { EventEmitter, once } from "node:events";
import type { RequestListener, ServerResponse } from "node:http";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemClock, type Clock } from "../../src/base/clock.ts";
import { listen, type Listening } from "../../src/http/listen.ts";
import { createTestLogger, unwrap } from "./modules.ts";

const { logger, lines } = createTestLogger();
const hello: RequestListener = (_request, response) => response.end("hello");

let open: Listening[] = [];

beforeEach(() => {
  lines.length = 0;
});

afterEach(async () => {
  await Promise.all(open.map(async ({ close }) => close(0)));
  open = [];
});

async function start(
  app: RequestListener,
  addresses: readonly string[] = ["127.0.0.1:0"],
  clock: Clock = systemClock,
): Promise<Listening> {
  const listening = unwrap(await listen(app, addresses, { logger, clock }));
  open.push(listening);
  return listening;
}

function portOf({ addresses }: Listening, index = 0): number {
  return Number(addresses[index]?.split(":").at(-1));
}

describe("listening", () => {
  it("serves every address, and says which they are", async () => {
    const listening = await start(hello, ["127.0.0.1:0", "localhost:0", ":0"]);
    expect(listening.addresses[0]).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(listening.addresses[1]).toMatch(/^(?:127\.0\.0\.1|\[::1\]):\d+$/);
    expect(listening.addresses[2]).toMatch(/^(?:\[::\]|0\.0\.0\.0):\d+$/);
    for (const index of [0, 1, 2]) {
      const url = `http://localhost:${String(portOf(listening, index))}`;
      expect(await (await fetch(url)).text()).toBe("hello");
    }
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject(
      listening.addresses.map((address) => ({ level: "info", msg: "listening", address })),
    );
  });

  it("on a port that is taken fails with one line that names the address", async () => {
    const address = (await start(hello)).addresses[0] ?? "";
    const result = await listen(hello, [address], { logger, clock: systemClock });
    expect(result).toEqual({
      ok: false,
      error: `cannot listen on ${address}: the address is in use already`,
    });
  });

  it("on a host or an address that does not exist fails likewise", async () => {
    const modules = { logger, clock: systemClock };
    expect(await listen(hello, ["no-such-host.invalid:0"], modules)).toMatchObject({
      ok: false,
      error: expect.stringMatching(/^cannot listen on no-such-host\.invalid:0: the host name /),
    });
    expect(await listen(hello, ["192.0.2.1:0"], modules)).toEqual({
      ok: false,
      error: "cannot listen on 192.0.2.1:0: this host does not have that address",
    });
  });

  it("on a bad address fails and leaves none of the others open", async () => {
    const blocker = await start(hello);
    const { addresses } = blocker;
    await blocker.close();
    const [free = ""] = addresses;
    const result = await listen(hello, [free, "nonsense"], { logger, clock: systemClock });
    expect(result).toMatchObject({ ok: false, error: expect.stringContaining('"nonsense"') });
    await expect(fetch(`http://${free}`)).rejects.toThrow("fetch failed");
  });

  it("on nothing is refused", async () => {
    const result = await listen(hello, [], { logger, clock: systemClock });
    expect(result).toEqual({ ok: false, error: "there is no address to listen on" });
  });
});

describe("closing", () => {
  it("ends connections that wait for their next request at once", async () => {
    const listening = await start(hello);
    const socket = connect(portOf(listening), "127.0.0.1");
    socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await once(socket, "data");
    const ended = once(socket, "close");
    await listening.close(1e6);
    await ended;
    expect(socket.destroyed).toBe(true);
  });

  it("ends connections on which nothing was ever asked at once", async () => {
    const listening = await start(hello);
    const socket = connect(portOf(listening), "127.0.0.1").resume();
    await once(socket, "connect");
    // The server has the connection as soon as it has answered one that came later.
    await fetch(`http://${listening.addresses[0] ?? ""}`);
    const ended = once(socket, "close");
    await listening.close(1e6);
    await ended;
    expect(socket.destroyed).toBe(true);
  });

  it("lets a request that is under way finish, and its connection end with it", async () => {
    const arrivals = new EventEmitter();
    const responses: ServerResponse[] = [];
    const listening = await start((_request, response) => {
      responses.push(response);
      arrivals.emit("arrival");
    });
    const arrived = once(arrivals, "arrival");
    const answer = fetch(`http://${listening.addresses[0] ?? ""}`);
    await arrived;
    const closed = listening.close(1e6);
    responses[0]?.end("late, but whole");
    expect(await (await answer).text()).toBe("late, but whole");
    await closed;
  });

  it("waits no longer for it than the limit", async () => {
    const arrivals = new EventEmitter();
    const limits: { readonly seconds: number; readonly callback: () => void }[] = [];
    const clock: Clock = {
      ...systemClock,
      after: (seconds, callback) => {
        limits.push({ seconds, callback });
        return () => undefined;
      },
    };
    const silent: RequestListener = () => arrivals.emit("arrival");
    const listening = await start(silent, ["127.0.0.1:0"], clock);
    const arrived = once(arrivals, "arrival");
    const answer = fetch(`http://${listening.addresses[0] ?? ""}`).catch(String);
    await arrived;
    const closed = listening.close();
    expect(limits.map(({ seconds }) => seconds)).toEqual([5]);
    limits[0]?.callback();
    expect(await answer).toBe("TypeError: fetch failed");
    await closed;
  });

  it("takes no more connections", async () => {
    const listening = await start(hello);
    await listening.close();
    await expect(fetch(`http://${listening.addresses[0] ?? ""}`)).rejects.toThrow("fetch failed");
  });
});

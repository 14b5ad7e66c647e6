import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { request, type IncomingMessage } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { live } from "../support/live.ts";
import { createClock } from "../support/still-clock.ts";
import { makeMetrics } from "../metrics/exposition-text.ts";
import { createTestLogger, makeModules, serve } from "./modules.ts";

const TEXT = "text/plain; version=0.0.4; charset=utf-8";
const OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/** What Prometheus 2.42 and 3 send. */
const PROMETHEUS_2 =
  "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
const PROMETHEUS_3 =
  "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1";

let served: Awaited<ReturnType<typeof serve>>;

beforeEach(async () => {
  const clock = createClock();
  const metrics = makeMetrics(clock);
  live(metrics, clock, 2);
  served = await serve(makeModules(createTestLogger().logger, { metrics }));
});

afterEach(async () => {
  await served.close();
});

/** With these headers and no other but the host. */
async function get(
  headers: Readonly<Record<string, string>>,
  method = "GET",
): Promise<{ readonly headers: IncomingMessage["headers"]; readonly body: Buffer }> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request(`${served.url}/metrics`, { headers, method, agent: false });
    sent.once("response", resolve).once("error", reject).end();
  });
  return { headers: response.headers, body: await buffer(response) };
}

describe("the format of a scrape", () => {
  it("is the text format when nothing is asked for", async () => {
    expect((await get({})).headers["content-type"]).toBe(TEXT);
  });

  it.each([
    ["Prometheus 2", PROMETHEUS_2],
    ["Prometheus 3", PROMETHEUS_3],
    ["a client without a version", "application/openmetrics-text"],
    ["one that likes text less", "text/plain;q=0.5, application/openmetrics-text;q=0.6"],
    ["one that refuses text", "text/plain;q=0, */*"],
    ["one that shouts", "Application/OpenMetrics-Text; Version=1.0.0"],
  ])("is OpenMetrics for %s", async (_who, accept) => {
    const { headers, body } = await get({ accept });
    expect(headers["content-type"]).toBe(OPEN_METRICS);
    expect(body.toString()).toMatch(/# EOF\n$/);
  });

  it.each([
    ["curl", "*/*"],
    ["a browser", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"],
    ["text before OpenMetrics", "text/plain;q=0.9, application/openmetrics-text;q=0.8"],
    ["OpenMetrics refused", "application/openmetrics-text;q=0, text/plain"],
    ["another version of OpenMetrics", "application/openmetrics-text;version=0.0.1"],
    ["protobuf alone", "application/vnd.google.protobuf;encoding=delimited"],
    ["nonsense", ";;q=,openmetrics"],
  ])("is text for %s", async (_what, accept) => {
    const { headers, body } = await get({ accept });
    expect(headers["content-type"]).toBe(TEXT);
    expect(body.toString()).not.toContain("# EOF");
  });
});

describe("the encoding of a scrape", () => {
  it.each(["gzip", "deflate, gzip;q=0.5", "*", "GZIP", "br, gzip", "identity;q=0.5, gzip"])(
    "is gzip for %s, and decodes to the same text",
    async (encodings) => {
      const plain = await get({});
      const { headers, body } = await get({ "accept-encoding": encodings });
      expect(headers["content-encoding"]).toBe("gzip");
      expect(headers["content-length"]).toBe(String(body.length));
      expect(gunzipSync(body).toString()).toBe(plain.body.toString());
    },
  );

  it.each(["", "identity", "gzip;q=0", "gzip;q=0, *", "br, deflate", "identity, gzip;q=0.5"])(
    "is none for '%s'",
    async (encodings) => {
      const { headers, body } = await get({ "accept-encoding": encodings });
      expect(headers["content-encoding"]).toBeUndefined();
      expect(body.toString()).toContain("# TYPE");
    },
  );
});

describe("a scrape's headers", () => {
  it.each([{}, { accept: PROMETHEUS_2, "accept-encoding": "gzip" }])(
    "are the same for HEAD, without a body: %o",
    async (asked) => {
      const whole = await get(asked);
      const head = await get(asked, "HEAD");
      const { date: _date, ...expected } = whole.headers;
      expect(head.headers).toMatchObject(expected);
      expect(whole.body.length).toBe(Number(whole.headers["content-length"]));
      expect(head.body).toHaveLength(0);
    },
  );

  it("say that an answer depends on what was asked", async () => {
    expect((await get({})).headers["vary"]).toBe("Accept, Accept-Encoding");
  });
});

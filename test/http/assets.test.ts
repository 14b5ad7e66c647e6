import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { historyChart } from "../../src/http/history-chart.ts";
import { curl } from "../support/curl.ts";
import { createTestLogger, makeModules, serve } from "./modules.ts";

let served: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  served = await serve(makeModules(createTestLogger().logger));
});

afterAll(async () => {
  await served.close();
});

const loaded = [...historyChart().html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(
  ([, path = ""]) => path,
);
/** With what the script imports. */
const paths = [...loaded, "/assets/history-format.js", "/assets/history-scales.js"];

describe("what the chart's page loads", () => {
  it("is the style, the library and the script", () => {
    expect(loaded).toHaveLength(3);
  });

  it.each(paths)("is there as what it is: %s", async (path) => {
    const response = await fetch(served.url + path);
    const type = path.endsWith(".css") ? "text/css" : "text/javascript";
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(`${type}; charset=utf-8`);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect((await response.text()).length).toBeGreaterThan(500);
  });

  it.each(paths)("is kept by browsers, which ask whether it has changed: %s", async (path) => {
    const url = served.url + path;
    const first = await fetch(url);
    const tag = first.headers.get("etag") ?? "";
    await first.text();
    expect(first.headers.get("cache-control")).toBe("no-cache");
    expect(tag).toMatch(/^W\/"[\w-]{43}"$/);
    const same = await curl(url, ["-H", `If-None-Match: ${tag}`]);
    expect(same.status).toBe(304);
    expect(same.text).toBe("");
    const other = await curl(url, ["-H", 'If-None-Match: W/"another"']);
    expect(other.status).toBe(200);
  });

  it("names its own licence", async () => {
    const response = await fetch(`${served.url}/assets/uplot.js`);
    expect(await response.text()).toMatch(/^\/\*! https:\/\/github\.com\/leeoniya\/uPlot /);
  });

  it("is compressed when that is asked for, and is the same then", async () => {
    const url = `${served.url}/assets/uplot.js`;
    const plain = await fetch(url, { headers: { "Accept-Encoding": "identity" } });
    const small = await fetch(url, { headers: { "Accept-Encoding": "gzip" } });
    expect(plain.headers.get("content-encoding")).toBeNull();
    expect(small.headers.get("content-encoding")).toBe("gzip");
    expect(small.headers.get("vary")).toBe("Accept-Encoding");
    const text = await plain.text();
    expect(await small.text()).toBe(text);
    expect(Number(small.headers.get("content-length"))).toBeLessThan(text.length / 2);
  });

  it("is nothing else: there is no way to other files", async () => {
    for (const path of ["/assets/", "/assets/uPlot.d.ts", "/assets/..%2fapp.ts"]) {
      const answer = await curl(served.url + path, ["--path-as-is"]);
      expect(answer.status).toBe(404);
    }
  });
});

import { afterEach, describe, expect, it } from "vitest";
import type { AppModules } from "../../src/http/app.ts";
import { createTestLogger, EMPTY_STATUS, makeModules, NOT_READY, serve } from "./modules.ts";

const { logger, lines } = createTestLogger();

let closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closers.map(async (close) => close()));
  closers = [];
  lines.length = 0;
});

async function start(modules: Partial<AppModules> = {}, telemetryPath?: string): Promise<string> {
  const served = await serve(makeModules(logger, modules), { telemetryPath });
  closers.push(served.close);
  return served.url;
}

describe("the telemetry path", () => {
  it("has the metrics, in the text format and with their length", async () => {
    const response = await fetch(`${await start()}/metrics`);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("test_a 1\ntest_ü 2\n");
    expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(response.headers.get("content-length")).toBe("19");
  });

  it("is not to be kept by anybody between", async () => {
    const { headers } = await fetch(`${await start()}/metrics`);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("etag")).toBeNull();
    expect(headers.get("last-modified")).toBeNull();
  });

  it("answers HEAD with the same headers and no body", async () => {
    const response = await fetch(`${await start()}/metrics`, { method: "HEAD" });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-length")).toBe("19");
    expect(await response.text()).toBe("");
  });

  it("can be elsewhere, whatever is in its name", async () => {
    const url = await start({}, "/gpu/:metrics(1)*");
    expect(await (await fetch(`${url}/gpu/:metrics(1)*`)).text()).toContain("test_a 1");
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
    expect((await fetch(`${url}/gpu/xmetrics1`)).status).toBe(404);
    expect(await (await fetch(url)).text()).toContain('href="/gpu/:metrics(1)*"');
  });

  it("can be the root, and there is no status page then", async () => {
    const url = await start({}, "/");
    expect(await (await fetch(url)).text()).toContain("test_a 1");
  });
});

describe("health and readiness", () => {
  it("are said in a sentence", async () => {
    const url = await start();
    const healthy = await fetch(`${url}/-/healthy`);
    expect([healthy.status, await healthy.text()]).toEqual([200, "cudaprobe is healthy.\n"]);
    const ready = await fetch(`${url}/-/ready`);
    expect([ready.status, await ready.text()]).toEqual([200, "cudaprobe is ready.\n"]);
  });

  it("differ: what is not ready yet says what is missing, and is healthy", async () => {
    const url = await start({ ready: () => NOT_READY });
    expect((await fetch(`${url}/-/healthy`)).status).toBe(200);
    const ready = await fetch(`${url}/-/ready`);
    expect(ready.status).toBe(503);
    expect(await ready.text()).toBe("cudaprobe is not ready: the devices were not listed yet.\n");
  });
});

describe("what is not served", () => {
  it.each(["/nothing", "/metrics/", "/Metrics", "/-/Healthy", "//", "/-/", "/favicon.ico"])(
    "is not found at %s",
    async (path) => {
      const response = await fetch(`${await start()}${path}`);
      expect(response.status).toBe(404);
      expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    },
  );

  it.each(["/", "/metrics", "/-/healthy", "/-/ready"])(
    "is refused at %s when the method is another, and says which there are",
    async (path) => {
      const url = await start();
      const methods = ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"];
      const responses = await Promise.all(
        methods.map(async (method) => fetch(`${url}${path}`, { method })),
      );
      expect(responses.map(({ status }) => status)).toEqual(methods.map(() => 405));
      expect(responses.map(({ headers }) => headers.get("allow"))).toEqual(
        methods.map(() => "GET, HEAD"),
      );
    },
  );
});

describe("a handler that throws", () => {
  const error = new Error("secret of the source");
  const fails = (): never => {
    throw error;
  };

  it.each(["/metrics", "/", "/-/ready"])(
    "is a line in the log and a bare 500 at %s",
    async (path) => {
      const metrics = { scrape: async () => fails() };
      const url = await start({ metrics, status: fails, ready: fails });
      const response = await fetch(url + path);
      expect(response.status).toBe(500);
      expect(await response.text()).toBe("Internal error; the log says more.\n");
      const failures = lines.filter((line) => line.includes("request failed"));
      expect(failures).toHaveLength(1);
      expect(JSON.parse(failures[0] ?? "")).toMatchObject({
        level: "error",
        path,
        method: "GET",
        err: { message: "secret of the source" },
      });
    },
  );

  it("does not keep the next request from being answered", async () => {
    let calls = 0;
    const status = (): typeof EMPTY_STATUS => {
      calls += 1;
      if (calls === 1) throw error;
      return EMPTY_STATUS;
    };
    const url = await start({ status });
    expect((await fetch(url)).status).toBe(500);
    expect((await fetch(url)).status).toBe(200);
  });
});

describe("every answer", () => {
  it.each(["/", "/metrics", "/-/ready", "/nothing"])(
    "at %s is kept from mischief",
    async (path) => {
      const { headers } = await fetch((await start()) + path);
      expect(headers.get("x-powered-by")).toBeNull();
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("x-frame-options")).toBe("DENY");
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    },
  );
});

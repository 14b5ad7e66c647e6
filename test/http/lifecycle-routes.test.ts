import { afterEach, describe, expect, it } from "vitest";
import { fail, ok } from "../../src/base/result.ts";
import type { AppModules } from "../../src/http/app.ts";
import { curl, type CurlAnswer } from "../support/curl.ts";
import { createTestLogger, makeModules, serve } from "./modules.ts";

let closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closers.map(async (close) => close()));
  closers = [];
});

interface Setting {
  readonly enableLifecycle?: boolean;
  readonly reload?: AppModules["reload"];
}

/** An app that counts how often it was to reload. */
async function start({ enableLifecycle = true, reload }: Setting = {}): Promise<{
  readonly post: (...headers: readonly string[]) => Promise<CurlAnswer>;
  readonly get: (...args: readonly string[]) => Promise<CurlAnswer>;
  readonly reloads: () => number;
}> {
  let reloads = 0;
  const counted: AppModules["reload"] = async () => {
    reloads += 1;
    return reload === undefined ? ok("reloaded") : reload();
  };
  const modules = makeModules(createTestLogger().logger, { reload: counted });
  const { url, close } = await serve(modules, { enableLifecycle });
  closers.push(close);
  return {
    post: async (...headers) => {
      const args = headers.flatMap((header) => ["--header", header.replace("OWN", url)]);
      return curl(`${url}/-/reload`, ["--request", "POST", ...args]);
    },
    get: async (...args) => curl(`${url}/-/reload`, args),
    reloads: () => reloads,
  };
}

describe("POST /-/reload", () => {
  it("reloads, and says whether that changed anything", async () => {
    const changed = await start();
    expect(await changed.post()).toMatchObject({ status: 200, text: "The config was reloaded." });
    expect(changed.reloads()).toBe(1);
    const { post } = await start({ reload: async () => ok("unchanged") });
    expect(await post()).toMatchObject({ status: 200, text: "The config is what it was." });
  });

  it("is 500 with every problem of a bad file, and where it is", async () => {
    const problem = { file: "a.yml", column: 5, key: "probes[0].kind", message: "is missing" };
    const { post } = await start({
      reload: async () => fail([2, 7].map((line) => ({ ...problem, line }))),
    });
    expect(await post()).toMatchObject({
      status: 500,
      text: "The config was not reloaded:\na.yml:2:5: probes[0].kind: is missing\na.yml:7:5: probes[0].kind: is missing",
    });
  });

  it("is 403 with the missing flag unless requests may do that", async () => {
    const { post, reloads } = await start({ enableLifecycle: false });
    const { status, text } = await post();
    expect(status).toBe(403);
    expect(text).toContain("--web.enable-lifecycle");
    expect(reloads()).toBe(0);
  });
});

it.each([true, false])(
  "GET /-/reload is 405 with what is allowed, enabled: %s",
  async (enabled) => {
    const { get, reloads } = await start({ enableLifecycle: enabled });
    const answers = [await get(), await get("--head"), await get("--request", "PUT")];
    expect(answers.map(({ status }) => status)).toEqual([405, 405, 405]);
    expect(answers.map(({ headers }) => headers.get("allow"))).toEqual(["POST", "POST", "POST"]);
    expect(reloads()).toBe(0);
  },
);

describe("a page in a browser", () => {
  it.each([
    ["Sec-Fetch-Site: cross-site"],
    ["Sec-Fetch-Site: same-site"],
    ["Origin: https://elsewhere.example"],
    ["Origin: null"],
    ["Origin: OWN.elsewhere.example"],
    ["Sec-Fetch-Site: cross-site", "Origin: OWN"],
  ])("of another site cannot post (%s)", async (...headers) => {
    const { post, reloads } = await start();
    expect((await post(...headers)).status).toBe(403);
    expect(reloads()).toBe(0);
  });

  it.each([
    ["Sec-Fetch-Site: same-origin"],
    ["Sec-Fetch-Site: none"],
    ["Origin: OWN"],
    // Behind a proxy the host may be another, and the browser knows better.
    ["Sec-Fetch-Site: same-origin", "Origin: https://outside.example"],
  ])("of the daemon's own can (%s)", async (...headers) => {
    const { post, reloads } = await start();
    expect((await post(...headers)).status).toBe(200);
    expect(reloads()).toBe(1);
  });
});

import { expect, it } from "vitest";
import { fail, ok } from "../../src/base/result.ts";
import type { AppModules } from "../../src/http/app.ts";
import { makeTarget } from "../metrics/records.ts";
import { curl, type CurlAnswer } from "../support/curl.ts";
import { createTestLogger, makeModules, serve } from "./modules.ts";

/** What a request for a run is answered when the run comes to this. */
async function ask(comesTo: Awaited<ReturnType<AppModules["runNow"]>>): Promise<CurlAnswer> {
  const target = makeTarget(0);
  const modules = { targets: () => [target], runNow: async () => Promise.resolve(comesTo) };
  const { url, close } = await serve(makeModules(createTestLogger().logger, modules), {
    enableLifecycle: true,
  });
  try {
    return await curl(`${url}/probe?probe=${target.probe.name}`);
  } finally {
    await close();
  }
}

it("is told that it is busy while a run of the target waits or goes on, or the driver hangs", async () => {
  const asked = await Promise.all([
    ask(fail("lane_busy")),
    ask(fail("in_flight")),
    ask(fail("driver_hangs")),
  ]);
  expect(asked.map(({ status }) => status)).toEqual([409, 409, 409]);
  expect(asked.map(({ text }) => text)).toEqual([
    "busy: a run of this target waits already.",
    "busy: a run of this target goes on.",
    "busy: runs on more than one device hang, so all wait.",
  ]);
});

it("is told that it is busy when a process hangs on the GPU, and of another skip why", async () => {
  const skip = { type: "skip", target: makeTarget(0), atSeconds: 0, message: "so" } as const;
  const hung = await ask(ok({ ...skip, reason: "in_flight" }));
  expect([hung.status, hung.text]).toEqual([409, "busy: so."]);
  const full = await ask(ok({ ...skip, reason: "memory_floor" }));
  expect(full.status).toBe(200);
  expect(full.text).toContain('reason="memory_floor"');
});

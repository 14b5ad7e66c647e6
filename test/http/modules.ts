import { createLogger, type Logger } from "../../src/base/logger.ts";
import { systemClock } from "../../src/base/clock.ts";
import { fail, ok, type Result } from "../../src/base/result.ts";
import { createApp, type AppModules, type AppOptions } from "../../src/http/app.ts";
import { listen, type Listening } from "../../src/http/listen.ts";
import { takeMessageClasses } from "../../src/http/message-classes.ts";
import type { StatusView } from "../../src/http/status.ts";

/** A logger whose lines can be read. */
export function createTestLogger(): { readonly logger: Logger; readonly lines: string[] } {
  const lines: string[] = [];
  const destination = { write: (line: string) => lines.push(line) };
  return { logger: createLogger({ level: "debug", format: "json", destination }), lines };
}

/** The value of a result that has to be one. */
export function unwrap<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

/** A status in which nothing was looked for yet. */
export const EMPTY_STATUS: StatusView = {
  atSeconds: 1_700_000_000,
  hostname: "gpu-host-1",
  backend: undefined,
  up: undefined,
  fault: undefined,
  driver: undefined,
  configFile: "/etc/cudaprobe/cudaprobe.yml",
  configText: "probes: []\n",
  configuredProbes: 0,
  devices: [],
  lost: [],
  targets: [],
  runs: [],
  failures: [],
};

/** Modules of an app with two chunks of metrics, ready, with an empty status. */
export function makeModules(logger: Logger, modules: Partial<AppModules> = {}): AppModules {
  return {
    metrics: {
      scrape: async () => ({
        chunks: [Buffer.from("test_a 1\n"), Buffer.from("test_ü 2\n")],
        contentType: "text/plain; version=0.0.4; charset=utf-8",
      }),
    },
    status: () => EMPTY_STATUS,
    past: { lastRuns: () => ({ runs: [], failures: [] }), coldStarts: () => [] },
    ready: () => ok(undefined),
    reload: async () => ok("reloaded"),
    clock: systemClock,
    targets: () => [],
    runNow: async () => fail("unknown_target"),
    pause: {
      check: async () => undefined,
      latest: () => undefined,
      begin: async () => undefined,
      end: async () => undefined,
    },
    isIdle: () => true,
    logger,
    ...modules,
  };
}

export const NOT_READY = fail("the devices were not listed yet");

/** An app on a port of its own. */
export async function serve(
  modules: AppModules,
  {
    telemetryPath = "/metrics",
    maxRequests = 40,
    enableLifecycle = false,
  }: Partial<{
    readonly [Name in Exclude<keyof AppOptions, "version">]: AppOptions[Name] | undefined;
  }> = {},
): Promise<Listening & { readonly url: string }> {
  const app = createApp({ telemetryPath, maxRequests, enableLifecycle, version: "0.1.0" }, modules);
  const listening = await listen(app, ["127.0.0.1:0"], {
    logger: modules.logger,
    clock: systemClock,
    messages: takeMessageClasses(app),
  });
  const served = unwrap(listening);
  return { ...served, url: `http://${served.addresses[0] ?? ""}` };
}

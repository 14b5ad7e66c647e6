import { fail, ok, type Result } from "../base/result.ts";
import { createDaemon, type Daemon } from "../daemon.ts";
import { readHostFacts } from "../devices/host.ts";
import { createApp } from "../http/app.ts";
import type { StatusView } from "../http/status.ts";
import { createLane } from "../lane/lane.ts";
import { openDaemonState } from "./daemon-state.ts";
import type { Host } from "./open-host.ts";
import { viewPast } from "./past-view.ts";
import { makeReload } from "./reload-file.ts";
import type { ServeParts, ServePartsInput, ServePartsModules } from "./serve-parts.ts";
import { viewStatus } from "./view-status.ts";

export interface WirePartsInput extends ServePartsInput {
  readonly host: Host;
  readonly version: string;
}

/** Puts the daemon and its HTTP side together. */
export function wireParts(
  { host, version, flags, config }: WirePartsInput,
  modules: ServePartsModules,
): ServeParts {
  const { io, logger } = modules;
  const state = openDaemonState(host, { flags, config, version }, modules);
  const { metrics, history, series } = state;
  metrics.setHost(readHostFacts("/"));
  const daemon = createDaemon(
    { config, hostname: io.hostname, executor: host.executorOptions },
    { ...host, ...state, clock: io.clock, logger, lane: createLane() },
  );
  const reload = makeReload({ config, daemon, metrics }, modules);
  let isReady = false;
  const ready = (): Result<void> =>
    isReady ? ok(undefined) : fail("the devices were not listed yet");
  const status = (): StatusView => viewStatus(host, { ...state, daemon }, io);
  const start = async (): ReturnType<Daemon["start"]> => {
    const started = await daemon.start();
    isReady = started.ok;
    return started;
  };
  const options = {
    telemetryPath: flags["web.telemetryPath"],
    maxRequests: flags["web.maxRequests"],
    enableLifecycle: flags["web.enableLifecycle"] === true,
    version,
  };
  const { targets, runNow, pause, isIdle } = daemon;
  const past = viewPast({ history, series, targets });
  const told = { reload, clock: io.clock, targets, runNow, pause, isIdle, past };
  return { app: createApp(options, { logger, metrics, ready, status, ...told }), daemon, start };
}

import type { Daemon } from "../daemon.ts";
import type { StatusView } from "../http/status.ts";
import type { DaemonState } from "./daemon-state.ts";
import type { CommandIo } from "./io.ts";
import type { Host } from "./open-host.ts";
import { makeStatusView } from "./status-view.ts";

/** What the status page shows of a daemon, now. */
export function viewStatus(
  host: Host,
  { daemon, history, series, baselines }: DaemonState & { readonly daemon: Daemon },
  { clock, hostname }: CommandIo,
): StatusView {
  return makeStatusView({
    atSeconds: clock.wallSeconds(),
    hostname,
    backend: host.backend,
    listing: host.facts.latest(),
    config: daemon.config(),
    paused: daemon.pause.latest()?.message,
    targets: daemon.targets(),
    nextAtSeconds: daemon.nextAtSeconds,
    history,
    points: series.points,
    baselineSeconds: baselines.pinnedSeconds,
  });
}

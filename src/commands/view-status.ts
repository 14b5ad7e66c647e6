import type { Daemon } from "../daemon.ts";
import type { PauseState } from "../execution/pause.ts";
import type { StatusView } from "../http/status.ts";
import { formatUtc } from "../http/times.ts";
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
    paused: describePause(daemon.pause.latest()),
    targets: daemon.targets(),
    nextAtSeconds: daemon.nextAtSeconds,
    history,
    points: series.points,
    baselineSeconds: baselines.pinnedSeconds,
  });
}

/** Why nothing is started, and till when where that is known. */
function describePause(state: PauseState | undefined): string | undefined {
  if (state?.untilSeconds === undefined) return state?.message;
  return `${state.message}, until ${formatUtc(state.untilSeconds)} UTC`;
}

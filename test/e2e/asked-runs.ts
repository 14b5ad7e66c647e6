import { value } from "../metrics/exposition-text.ts";
import { startDaemon, type DaemonAnswer, type RunningDaemon } from "../support/daemon.ts";
import type { EmulatorDirectory } from "../support/emulator.ts";
import { until } from "../support/until.ts";
import { ONCE } from "./first-run.ts";

/** What lets requests make the daemon act. */
export const flags = ["--web.enable-lifecycle"];
/** A cold start that takes three seconds more. */
export const SLOW = "fault = call=cuMemAlloc_v2 scope=host nth=1 slow_seconds=300";

/** A config of cold starts that run once, soon after the start. */
export function probes(...names: readonly string[]): string {
  const lines = names.map(
    (name) => `  - { name: ${name}, kind: cold_start, schedule: "${ONCE}", jit_cache: cold }`,
  );
  return ["probes:", ...lines, ""].join("\n");
}

/** A daemon whose first runs have been made, so that only what is asked for is to come. */
export async function startIdle(
  emulator: EmulatorDirectory,
  ...names: readonly string[]
): Promise<RunningDaemon> {
  const daemon = await startDaemon({ config: probes(...names), emulator, flags });
  for (const name of names) await daemon.logged(["run succeeded", `probe=${name}`]);
  return daemon;
}

/** Asks for a run; that of before may be in its last moments, after its line in the log. */
export async function ask(
  daemon: RunningDaemon,
  query: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<DaemonAnswer> {
  return until("a target that is not busy", async () => {
    const answer = await daemon.ask(`/probe?${query}`, { headers });
    return answer.status !== 409 && answer;
  });
}

/** Asks for a run that takes three seconds, and waits until it goes on. */
export async function askSlow(
  daemon: RunningDaemon,
  emulator: EmulatorDirectory,
  headers: Readonly<Record<string, string>> = {},
): Promise<readonly Promise<DaemonAnswer>[]> {
  await emulator.configure([SLOW]);
  const slow = ask(daemon, "probe=slow", headers);
  await until("a run in flight", () => emulator.faultedCalls() > 0);
  // In a list, so that it is not waited for here.
  return [slow];
}

/** How many runs of a probe were counted. */
export async function runsOf(daemon: RunningDaemon, probe: string): Promise<number | undefined> {
  return value(await daemon.scrape(), "cudaprobe_runs_total", { probe });
}

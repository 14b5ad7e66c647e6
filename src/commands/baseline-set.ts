import type { Baseline } from "../baseline/baseline.ts";
import { goodSeconds } from "../history/good-seconds.ts";
import { createBaselineStore } from "../baseline/store.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { summarize } from "../statistics/summary.ts";
import { formatBaselines } from "./baseline-show.ts";
import {
  chooseBaselineTargets,
  type BaselineChoice,
  type KeyedTarget,
} from "./baseline-targets.ts";
import { describeDriver } from "./devices.ts";
import type { RunRecord } from "../history/record.ts";
import type { CommonFlags } from "./flags.ts";
import { EXIT, type CommandIo } from "./io.ts";
import { makeSeries } from "./make-series.ts";
import { describeRecord } from "./run-counterpart.ts";
import { withRunSession, type Session } from "./session.ts";

export interface BaselineSetFlags extends CommonFlags, BaselineChoice {
  readonly iterations: number;
  /** Given rather than measured. */
  readonly seconds?: number;
}

/**
 * `cudaprobe baseline set`: measures now, through the same gates and the same lane as the daemon, and pins the medians. Exit code 1 when
 * a baseline could not be measured or kept.
 */
export async function baselineSetCommand(flags: BaselineSetFlags, io: CommandIo): Promise<number> {
  return withRunSession(flags, io, async (session) => {
    const { listing, config, host } = session;
    if (listing.fault !== undefined) {
      io.error(describeDriver(listing));
      return EXIT.fault;
    }
    const targets = chooseBaselineTargets(flags, config, listing);
    if (!targets.ok) {
      io.error(`cudaprobe: ${targets.error}\n`);
      return EXIT.usage;
    }
    // Why not was said when it was opened; runs would be made for nothing.
    if (host.storage.directory === undefined) return EXIT.fault;
    return setAll(targets.value, flags, { session, io });
  });
}

interface SetModules {
  readonly session: Session;
  readonly io: CommandIo;
}

/** One after the other: what is pinned stays pinned when the next one fails. */
async function setAll(
  targets: readonly KeyedTarget[],
  flags: BaselineSetFlags,
  modules: SetModules,
): Promise<number> {
  const baselines: Baseline[] = [];
  for (const target of targets) {
    // In turn: two starts at once would measure each other.
    // oxlint-disable-next-line no-await-in-loop
    const set = await setOne(target, flags, modules);
    if (set.ok) baselines.push(set.value);
    else modules.io.error(`cudaprobe: ${describeTarget(target)}: ${set.error}\n`);
  }
  if (baselines.length > 0) modules.io.out(formatBaselines(baselines));
  return baselines.length === targets.length ? EXIT.ok : EXIT.fault;
}

async function setOne(
  keyed: KeyedTarget,
  flags: BaselineSetFlags,
  modules: SetModules,
): Promise<Result<Baseline>> {
  const { host } = modules.session;
  const { seconds } = flags;
  const measured =
    seconds === undefined ? await measure(keyed, flags, modules) : ok({ seconds, runs: 0 });
  if (!measured.ok) return measured;
  const baseline = {
    ...keyed.key,
    ...measured.value,
    driverVersion: host.facts.latest()?.driver?.driverVersion ?? "",
    atSeconds: modules.io.clock.wallSeconds(),
  };
  const pinned = await createBaselineStore(host.storage).pin(baseline);
  return pinned.ok ? ok(baseline) : pinned;
}

/** A series that was cut short measures nothing: its runs are not as many as were asked for. */
async function measure(
  { target }: KeyedTarget,
  { iterations }: BaselineSetFlags,
  modules: SetModules,
): Promise<Result<{ readonly seconds: number; readonly runs: number }>> {
  const records = await makeSeries(target, iterations, modules);
  if (modules.session.signal.aborted) return fail("stopped before it was measured");
  if (records.some(isPaused)) return fail("a pause began before it was measured");
  const good = records.flatMap((record) => goodSeconds(record) ?? []);
  const seconds = summarize(good)?.median;
  if (seconds !== undefined) return ok({ seconds, runs: good.length });
  const [last] = records.slice(-1);
  const why = last === undefined ? "none was made" : `the last one was ${describeRecord(last)}`;
  return fail(`no run can be a baseline: ${why}`);
}

function isPaused(record: RunRecord): boolean {
  return record.type === "skip" && record.reason === "paused";
}

function describeTarget({ target, key }: KeyedTarget): string {
  return `${key.probe} on GPU ${String(target.device?.gpu)}`;
}

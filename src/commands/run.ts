import { readHostFacts } from "../devices/host.ts";
import type { RunRecord } from "../history/record.ts";
import { TIME_TO_FIRST_RESULT } from "../probes/cold-start-figures.ts";
import { KINDS } from "../probes/index.ts";
import { describeDriver } from "./devices.ts";
import { adaptToExclusiveMode } from "./exclusive-mode.ts";
import type { CommonFlags } from "./flags.ts";
import { EXIT, type CommandIo } from "./io.ts";
import { makeSeries } from "./make-series.ts";
import { chooseCounterpart, judgeCounterpart } from "./run-counterpart.ts";
import { formatSeries, type RunFormat } from "./run-formats.ts";
import { makeSeriesResult, makeTables, successfulEnds, type SeriesResult } from "./run-result.ts";
import { chooseTarget, type RunChoice } from "./run-target.ts";
import { withSession, type Session } from "./session.ts";

/** How often to run what, and how to print it. */
export interface RunFlags extends CommonFlags {
  readonly iterations: number;
  readonly format: RunFormat;
  /** What the median time to first result may be; any when left out. */
  readonly maxSeconds?: number;
}

/**
 * `cudaprobe run KIND`: a series of runs now, through the same gates and the same lane as the daemon's. Exit code 1 when a run failed or
 * none succeeded, else 3 when the median time to first result is above what it may be.
 */
export async function runCommand(
  choice: RunChoice,
  flags: RunFlags,
  io: CommandIo,
): Promise<number> {
  return withSession(flags, io, async (session) => {
    const { listing } = session;
    if (listing.fault !== undefined) {
      io.error(describeDriver(listing));
      return EXIT.fault;
    }
    const target = choose(choice, session, io);
    if (!target.ok) {
      io.error(`${target.error}\n`);
      return EXIT.usage;
    }
    const records = await makeSeries(target.value, flags.iterations, { session, io });
    const isRead = flags.format === "table" && successfulEnds(records).length > 0;
    const counterpart = isRead ? await runCounterpart(choice, flags, { session, io }) : undefined;
    const facts = { listing: session.host.facts.latest(), host: await readHostFacts() };
    const result = makeSeriesResult(target.value, records, facts);
    io.out(formatSeries(result, flags.format, makeTables(target.value, records, counterpart)));
    return decideExit(exitCode(records), result, { flags, io });
  });
}

interface ExitModules {
  readonly flags: RunFlags;
  readonly io: CommandIo;
}

/** A fault comes first: what failed says nothing of how long it takes. */
function decideExit(
  code: number,
  { summary }: SeriesResult,
  { flags: { maxSeconds }, io }: ExitModules,
): number {
  if (code !== EXIT.ok || maxSeconds === undefined) return code;
  const median = summary.find(({ name }) => name === TIME_TO_FIRST_RESULT)?.median;
  if (median === undefined) {
    io.error("every run compiled its kernel: there is no time to first result to judge\n");
    return EXIT.fault;
  }
  if (median <= maxSeconds) return EXIT.ok;
  io.error(
    `the median time to first result, ${String(median)} s, is above ${String(maxSeconds)} s\n`,
  );
  return EXIT.slower;
}

interface RunModules {
  readonly session: Session;
  readonly io: CommandIo;
}

/** What becomes of these runs changes nothing but what is said of them. */
async function runCounterpart(
  choice: RunChoice,
  flags: RunFlags,
  { session, io }: RunModules,
): Promise<ReturnType<typeof judgeCounterpart> | undefined> {
  const other = chooseCounterpart(choice, KINDS);
  if (other === undefined) return undefined;
  const target = chooseTarget(other, session.config, session.listing);
  if (!target.ok) return target;
  return judgeCounterpart(
    target.value,
    await makeSeries(target.value, flags.iterations, { session, io }),
  );
}

function choose(
  choice: RunChoice,
  { config, listing }: Session,
  io: CommandIo,
): ReturnType<typeof chooseTarget> {
  const target = chooseTarget(choice, config, listing);
  const adapted = target.ok ? adaptToExclusiveMode(choice, target.value, listing) : undefined;
  if (adapted === undefined) return target;
  io.error("the GPU is in exclusive process mode, which lets in one process: running under MPS\n");
  return chooseTarget(adapted, config, listing);
}

function exitCode(records: readonly RunRecord[]): number {
  const outcomes = records.map((record) =>
    record.type === "skip" ? "skipped" : record.end.outcome,
  );
  const failed = outcomes.some((outcome) => outcome !== "success" && outcome !== "skipped");
  return failed || !outcomes.includes("success") ? EXIT.fault : EXIT.ok;
}

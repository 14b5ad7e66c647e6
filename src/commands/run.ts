import type { Target } from "../config/config.ts";
import { KINDS } from "../probes/index.ts";
import { describeDriver } from "./devices.ts";
import { adaptToExclusiveMode } from "./exclusive-mode.ts";
import { decideExit } from "./exit-code.ts";
import type { CommonFlags } from "./flags.ts";
import { EXIT, type CommandIo } from "./io.ts";
import { makeSeries } from "./make-series.ts";
import { chooseCounterpart, judgeCounterpart } from "./run-counterpart.ts";
import { makeReport, type RunSeries } from "./make-report.ts";
import { openOutput } from "./output-file.ts";
import { formatReport } from "./report-formats.ts";
import type { RunFormat } from "./run-formats.ts";
import { successfulEnds } from "./run-result.ts";
import { chooseTarget, type RunChoice } from "./run-target.ts";
import { withSession, type Session } from "./session.ts";

/** How often to run what, and how to print it. */
export interface RunFlags extends CommonFlags {
  readonly iterations: number;
  readonly format: RunFormat;
  /** What the median time to first result may be; any when left out. */
  readonly maxSeconds?: number;
  /** A file; standard output when left out, or `-`. */
  readonly output?: string;
}

/**
 * `cudaprobe run KIND`: a series of runs now, through the same gates and the same lane as the daemon's. Exit code 1 when a run failed or
 * none succeeded, else 3 when the median time to first result is above what it may be; 130 and 143 when SIGINT or SIGTERM cut the series
 * short, of which what there is is printed all the same.
 */
export async function runCommand(
  choice: RunChoice,
  flags: RunFlags,
  io: CommandIo,
): Promise<number> {
  const output = await openOutput(flags.output, io);
  if (!output.ok) {
    io.error(`cudaprobe: --output: ${output.error}\n`);
    return EXIT.usage;
  }
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
    const series = await runAll({ choice, target: target.value }, flags, { session, io });
    const cutShort = describeCut(series, flags, session);
    const report = await makeReport(series, { choice, flags, cutShort }, { session, io });
    const written = await output.value.write(formatReport(report, flags.format));
    if (!written.ok) {
      io.error(`cudaprobe: the output cannot be written: ${written.error}\n`);
      return EXIT.fault;
    }
    if (cutShort === undefined) return decideExit(series.records, report.result, { flags, io });
    if (flags.format !== "table") io.error(`cudaprobe: ${cutShort}\n`);
    return EXIT[session.endedBy() ?? "fault"];
  });
}

/** The runs, and where people read them those of the counterpart. */
async function runAll(
  { choice, target }: { readonly choice: RunChoice; readonly target: Target },
  flags: RunFlags,
  modules: RunModules,
): Promise<RunSeries> {
  const records = await makeSeries(target, flags.iterations, modules);
  const isRead = flags.format === "table" || flags.format === "html";
  const isCompared = isRead && successfulEnds(records).length > 0;
  const counterpart = isCompared ? await runCounterpart(choice, flags, modules) : undefined;
  return { target, records, ...(counterpart === undefined ? {} : { counterpart }) };
}

/** In words, that a signal came before all runs were made; undefined when none did. */
function describeCut(
  { records, counterpart }: RunSeries,
  { iterations }: RunFlags,
  { endedBy }: Session,
): string | undefined {
  const signal = endedBy();
  const counterparts = counterpart?.records;
  const done = records.length + (counterparts?.length ?? 0);
  const planned = iterations * (counterparts === undefined ? 1 : 2);
  if (signal === undefined || done === planned) return undefined;
  return `cut short by ${signal} after ${String(done)} of ${String(planned)} runs`;
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
): Promise<RunSeries["counterpart"]> {
  const other = chooseCounterpart(choice, KINDS);
  if (other === undefined) return undefined;
  const target = chooseTarget(other, session.config, session.listing);
  if (!target.ok) return { records: undefined, ends: target };
  const records = await makeSeries(target.value, flags.iterations, { session, io });
  return { records, ends: judgeCounterpart(target.value, records) };
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

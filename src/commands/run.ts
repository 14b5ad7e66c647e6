import { describeDriver } from "./devices.ts";
import { decideExit } from "./exit-code.ts";
import type { CommonFlags } from "./flags.ts";
import { EXIT, type CommandIo } from "./io.ts";
import { describeCut, type MadeRuns } from "./made-runs.ts";
import { makeReport } from "./make-report.ts";
import { openOutput, type Output } from "./output-file.ts";
import { formatReport } from "./report-formats.ts";
import { runAlone } from "./run-alone.ts";
import { runCurve, splitCurve } from "./run-curve.ts";
import type { RunFormat } from "./run-formats.ts";
import type { RunChoice } from "./run-target.ts";
import { withRunSession, type Session } from "./session.ts";

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
 * `cudaprobe run KIND`: a series of runs now, through the same gates and the same lane as the daemon's, or one for each value of a list.
 * Exit code 1 when a run failed or none succeeded, or a file pauses runs before the first, else 3 when the median time to first result is
 * above what it may be; 130 and 143 when SIGINT or SIGTERM cut the series short, of which what there is is printed all the same.
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
  return withRunSession(flags, io, async (session) => {
    const { listing } = session;
    if (listing.fault !== undefined) {
      io.error(describeDriver(listing));
      return EXIT.fault;
    }
    const points = splitCurve(choice);
    const runs = await (points === undefined
      ? runAlone(choice, flags, { session, io })
      : runCurve(points, flags, { session, io }));
    if (!runs.ok) {
      io.error(`${runs.error}\n`);
      return EXIT.usage;
    }
    return tell(runs.value, { choice, flags, output: output.value }, { session, io });
  });
}

/** Writes what the runs came to, and decides the exit code. */
async function tell(
  runs: MadeRuns,
  request: { readonly choice: RunChoice; readonly flags: RunFlags; readonly output: Output },
  { session, io }: { readonly session: Session; readonly io: CommandIo },
): Promise<number> {
  const { choice, flags, output } = request;
  const cutShort = describeCut(runs, session);
  const report = await makeReport(runs.show, { choice, flags, cutShort }, { session, io });
  const written = await output.write(formatReport(report, flags.format));
  if (!written.ok) {
    io.error(`cudaprobe: the output cannot be written: ${written.error}\n`);
    return EXIT.fault;
  }
  if (cutShort === undefined) return decideExit(runs.records, report.result, { flags, io });
  if (flags.format !== "table") io.error(`cudaprobe: ${cutShort}\n`);
  return EXIT[session.endedBy() ?? "fault"];
}

import type { Result } from "../base/result.ts";
import type { Target } from "../config/config.ts";
import { readHostFacts } from "../devices/host.ts";
import type { RunRecord } from "../history/record.ts";
import type { RunEnd } from "../runner/run.ts";
import type { CommandIo } from "./io.ts";
import { makeCharts } from "./report-charts.ts";
import type { Report } from "./report.ts";
import { makeSeriesResult, makeTables } from "./run-result.ts";
import type { RunChoice } from "./run-target.ts";
import type { RunFlags } from "./run.ts";
import type { Session } from "./session.ts";
import { readVersion } from "./version.ts";

/** The runs that were made. */
export interface RunSeries {
  readonly target: Target;
  readonly records: readonly RunRecord[];
  /** Those of the kind that they are read against; no records where none could be made. */
  readonly counterpart?: {
    readonly records: readonly RunRecord[] | undefined;
    readonly ends: Result<readonly RunEnd[]>;
  };
}

/** What was asked for, and whether a signal ended it early. */
interface Request {
  readonly choice: RunChoice;
  readonly flags: RunFlags;
  readonly cutShort: string | undefined;
}

/** Puts together all that is shown of a series. */
export async function makeReport(
  { target, records, counterpart }: RunSeries,
  { choice, flags, cutShort }: Request,
  { session, io }: { readonly session: Session; readonly io: CommandIo },
): Promise<Report> {
  const facts = { listing: session.host.facts.latest(), host: await readHostFacts() };
  const result = makeSeriesResult(target, records, facts);
  const against = counterpart === undefined ? {} : { counterpart: counterpart.ends };
  return {
    result,
    tables: makeTables(target, records, counterpart?.ends),
    charts: makeCharts(target, records, { result, ...against }),
    cutShort,
    origin: {
      command: retype(choice, flags),
      version: await readVersion(io.packageDirectory),
      nodeVersion: io.nodeVersion,
      hostname: io.hostname,
      atSeconds: io.clock.wallSeconds(),
    },
  };
}

/** The command with what decides the figures; not with where they are printed. */
function retype({ kind, options, gpu }: RunChoice, { iterations, driver }: RunFlags): string {
  const own = Object.entries(options).map(
    ([key, value]) => `--${key.replaceAll("_", "-")}=${value}`,
  );
  const on = gpu === undefined ? [] : [`--gpu=${gpu}`];
  const flags = [...own, ...on, `--iterations=${String(iterations)}`, `--driver=${driver}`];
  return ["cudaprobe run", kind.name, ...flags].join(" ");
}

import { ok, type Result } from "../base/result.ts";
import type { RunRecord } from "../history/record.ts";
import { KINDS } from "../probes/index.ts";
import type { RunEnd } from "../runner/run.ts";
import { adaptToExclusiveMode } from "./exclusive-mode.ts";
import type { CommandIo } from "./io.ts";
import type { MadeRuns } from "./made-runs.ts";
import { makeSeries } from "./make-series.ts";
import { makeCharts } from "./report-charts.ts";
import { chooseCounterpart, judgeCounterpart } from "./run-counterpart.ts";
import { makeSeriesResult, makeTables, successfulEnds } from "./run-result.ts";
import { chooseTarget, type RunChoice } from "./run-target.ts";
import type { RunFlags } from "./run.ts";
import type { Session } from "./session.ts";

interface RunModules {
  readonly session: Session;
  readonly io: CommandIo;
}

/** The runs of the kind that a kind is read against; no records where none could be made. */
interface Counterpart {
  readonly records: readonly RunRecord[] | undefined;
  readonly ends: Result<readonly RunEnd[]>;
}

/** One series of runs, and where people read them those of the counterpart; an error where there is no such target. */
export async function runAlone(
  choice: RunChoice,
  flags: RunFlags,
  modules: RunModules,
): Promise<Result<MadeRuns>> {
  const chosen = choose(choice, modules.session, modules.io);
  if (!chosen.ok) return chosen;
  const target = chosen.value;
  const records = await makeSeries(target, flags.iterations, modules);
  const isRead = flags.format === "table" || flags.format === "html";
  const isCompared = isRead && successfulEnds(records).length > 0;
  const counterpart = isCompared ? await runCounterpart(choice, flags, modules) : undefined;
  const others = counterpart?.records;
  return ok({
    records,
    done: records.length + (others?.length ?? 0),
    planned: flags.iterations * (others === undefined ? 1 : 2),
    show: (facts) => {
      const result = makeSeriesResult(target, records, facts);
      const against = counterpart === undefined ? {} : { counterpart: counterpart.ends };
      return {
        result,
        tables: makeTables(target, records, counterpart?.ends),
        charts: makeCharts(target, records, { result, ...against }),
      };
    },
  });
}

/** What becomes of these runs changes nothing but what is said of them. */
async function runCounterpart(
  choice: RunChoice,
  flags: RunFlags,
  { session, io }: RunModules,
): Promise<Counterpart | undefined> {
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

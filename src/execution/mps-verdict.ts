import type { Clock } from "../base/clock.ts";
import type { MpsDaemon } from "../mps/daemon.ts";
import type { MpsFault } from "../mps/fault.ts";
import type { Outcome } from "../protocol/outcomes.ts";
import type { RunEnd } from "../runner/run.ts";
import { neverRan } from "./never-ran.ts";

/** The end of a run that has no daemon: nothing was started for it, unless what was to be its daemon is still there. */
export function withoutDaemon({ reason, message, gone }: MpsFault, clock: Clock): RunEnd {
  const outcome = reason === "mps_unavailable" ? "failure" : "skipped";
  const end = neverRan({ outcome, reason, message }, clock);
  return gone === undefined ? end : stillThere(end, gone);
}

/** What stays what it is although MPS has gone: it says more, or was over before. */
const OWN_OUTCOMES: ReadonlySet<Outcome> = new Set(["success", "hung", "timeout"]);

/** The end as MPS makes it look: a client whose daemon or server has gone fails in some way or other, and why is in MPS' logs. */
export async function explainByMps(
  end: RunEnd,
  { daemon, signal }: { readonly daemon: MpsDaemon; readonly signal: AbortSignal | undefined },
): Promise<RunEnd> {
  if (OWN_OUTCOMES.has(end.outcome) || signal?.aborted === true) return end;
  const loss = daemon.findLoss();
  if (loss === undefined && end.reason !== "mps_unavailable") return end;
  const said = await daemon.lastWords();
  const what = [loss ?? end.message ?? "MPS failed", said].filter((text) => text !== "");
  return { ...end, outcome: "failure", reason: "mps_unavailable", message: what.join("; ") };
}

/** A daemon that not even SIGKILL has ended hangs like a probe: its device is to be left alone, until a client that hangs as well is gone, too. */
export function stillThere(end: RunEnd, gone: Promise<void>): RunEnd {
  if (end.outcome === "hung") return { ...end, gone: bothGone(gone, end.gone) };
  const message = "the MPS daemon was still there after SIGKILL";
  return { ...end, outcome: "hung", reason: "hung", message, gone };
}

async function bothGone(daemon: Promise<void>, client = Promise.resolve()): Promise<void> {
  await Promise.all([daemon, client]);
}

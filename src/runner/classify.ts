import type { Reason } from "../protocol/reasons.ts";
import { judgeEnd } from "./judge-end.ts";
import { judgeOutput } from "./judge-output.ts";
import { judgeResult } from "./judge-result.ts";
import type { Settlement } from "./settlement.ts";
import { firstUnfinished, inPhaseOf, type Verdict } from "./verdict.ts";

/**
 * What a run comes to that is over: the first of the table in docs/protocol.md that holds. An outcome without a reason of its own
 * has its own name as reason.
 */
export function classify(run: Settlement): Verdict {
  const verdict =
    judgeStart(run) ??
    judgeHang(run) ??
    judgeTime(run) ??
    judgeCancelledStart(run) ??
    judgeOutput(run) ??
    judgeEnd(run) ??
    judgeLane(run) ??
    judgeResult(run);
  const reason = reasonOf(run, verdict);
  return reason === undefined ? verdict : { ...verdict, reason };
}

/**
 * A run that we cut short is no success because of that, whatever it came to. What hangs must be seen as hanging all the same: its
 * device is to be left alone.
 */
function reasonOf(run: Settlement, { outcome, reason }: Verdict): Reason | undefined {
  if (outcome === "success") return undefined;
  if (run.cause === "cancelled" && outcome !== "hung") return "cancelled";
  if (outcome === "failure" || outcome === "skipped") return reason;
  return reason ?? outcome;
}

function judgeStart({ launcher, stderr }: Settlement): Verdict | undefined {
  if (launcher?.kind === "failed") {
    const message = `the launcher could not be started: ${launcher.message}`;
    return { outcome: "not_started", message };
  }
  if (launcher?.kind !== "exited" || ![2, 127].includes(launcher.code)) return undefined;
  const said = stderr.trim().split("\n").at(-1) ?? "";
  const message = said === "" ? `the launcher ended with exit code ${launcher.code}` : said;
  return { outcome: "not_started", message };
}

function judgeHang({ hung, report }: Settlement): Verdict | undefined {
  if (!hung) return undefined;
  const verdict: Verdict = { outcome: "hung", message: "still there after SIGKILL" };
  return inPhaseOf(firstUnfinished(report), verdict);
}

function judgeTime({ cause, report }: Settlement): Verdict | undefined {
  if (cause !== "deadline" && cause !== "not_spawned") return undefined;
  const message =
    cause === "deadline" ? "the deadline passed" : "the launcher started nothing in time";
  return inPhaseOf(firstUnfinished(report), { outcome: "timeout", message });
}

function judgeCancelledStart({ cause, report }: Settlement): Verdict | undefined {
  if (cause !== "cancelled" || report.instances.length > 0) return undefined;
  return { outcome: "skipped", message: "cancelled before anything was started" };
}

function judgeLane({ launcher }: Settlement): Verdict | undefined {
  if (launcher?.kind !== "exited" || launcher.code !== 75) return undefined;
  return { outcome: "skipped", reason: "lane_busy", message: "another run had the host's lane" };
}

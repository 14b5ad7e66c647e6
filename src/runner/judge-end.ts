import { constants } from "node:os";
import type { InstanceReport } from "../protocol/report.ts";
import type { Settlement } from "./settlement.ts";
import { firstUnfinished, inPhaseOf, type Verdict } from "./verdict.ts";

/** `crashed` when the launcher was lost, or a signal that was not ours ended an instance. */
export function judgeEnd(run: Settlement): Verdict | undefined {
  const loss = findLoss(run);
  if (loss !== undefined) {
    const verdict: Verdict = { outcome: "crashed", reason: "launcher_lost", message: loss };
    return inPhaseOf(firstUnfinished(run.report), verdict);
  }
  // The launcher passes on what it is told.
  const sent = [...run.sent.toGroup, ...run.sent.toLauncher];
  const ours = sent.map((signal) => constants.signals[signal]);
  const crashed = run.report.instances.find((instance) => endedByAnother(instance, ours));
  if (crashed === undefined) return undefined;
  const message = `ended by ${signalName(crashed.reaped?.signal)}`;
  return inPhaseOf(crashed, { outcome: "crashed", message });
}

/** The exit codes of a launcher that did what it is for. */
const KNOWN_CODES: ReadonlySet<number> = new Set([0, 2, 75, 127]);

function findLoss({ launcher, sent }: Settlement): string | undefined {
  if (launcher?.kind === "exited" && !KNOWN_CODES.has(launcher.code)) {
    return `the launcher ended with exit code ${launcher.code}`;
  }
  if (launcher?.kind !== "signalled" || sent.toLauncher.includes(launcher.signal)) return undefined;
  return `the launcher was ended by ${launcher.signal}`;
}

function endedByAnother({ reaped }: InstanceReport, ours: readonly number[]): boolean {
  return reaped?.signal !== undefined && !ours.includes(reaped.signal);
}

function signalName(number: number | undefined): string {
  const found = Object.entries(constants.signals).find(([, value]) => value === number);
  return found?.[0] ?? `signal ${number}`;
}

import type { StatusView, TargetStatus } from "../status.ts";
import { toneOf, type Tone } from "./outcome-pill.ts";
import { findRegression } from "./regression.ts";

/** How the host is doing, in one sentence. */
export interface Verdict {
  readonly tone: Tone;
  readonly text: string;
}

/** The worst that is to be said, and the first thing to be read. */
export function findVerdict(view: StatusView): Verdict {
  const { targets, lost, up, configuredProbes, paused } = view;
  if (paused !== undefined) return { tone: "pause", text: `Paused: ${paused}` };
  if (up === undefined) return { tone: "idle", text: "Just started: nothing was looked at yet" };
  if (!up) return { tone: "bad", text: "No driver answers" };
  const trouble = [...failing(targets), ...count(lost.length, "does not answer", "do not answer")];
  if (trouble.length > 0) return { tone: "bad", text: trouble.join(", ") };
  if (configuredProbes === 0) return { tone: "idle", text: "No probe is configured" };
  if (targets.length === 0) {
    return { tone: "idle", text: "No probe is configured for a GPU that answers" };
  }
  const slower = view.devices.filter(({ coldStarts }) =>
    coldStarts.some((one) => findRegression(one).isSlower),
  );
  if (slower.length > 0) {
    const gpus = slower.map(({ device }) => `GPU ${String(device.gpu)}`);
    return { tone: "bad", text: `Cold starts have become slower on ${gpus.join(", ")}` };
  }
  return describeCalm(targets);
}

function failing(targets: readonly TargetStatus[]): readonly string[] {
  const bad = targets.filter(({ last }) => toneOf(last?.outcome) === "bad").length;
  if (bad === 0) return [];
  return [`${String(bad)} of ${String(targets.length)} targets ${bad === 1 ? "fails" : "fail"}`];
}

function count(number: number, one: string, many: string): readonly string[] {
  if (number === 0) return [];
  return [number === 1 ? `1 GPU ${one}` : `${String(number)} GPUs ${many}`];
}

function describeCalm(targets: readonly TargetStatus[]): Verdict {
  const of = (tone: Tone): number =>
    targets.filter(({ last }) => toneOf(last?.outcome) === tone).length;
  const skipped = of("pause");
  const waiting = of("idle");
  if (waiting === targets.length) return { tone: "idle", text: "Nothing has run yet" };
  const rest = [
    ...(skipped === 0 ? [] : [`${String(skipped)} skipped`]),
    ...(waiting === 0 ? [] : [`${String(waiting)} not run yet`]),
  ];
  if (rest.length === 0) return { tone: "good", text: describeAll(targets) };
  const text = `${String(of("good"))} of ${String(targets.length)} targets well, ${rest.join(", ")}`;
  return { tone: skipped > 0 ? "pause" : "good", text };
}

function describeAll({ length }: readonly TargetStatus[]): string {
  return length === 1 ? "The one target is well" : `All ${String(length)} targets are well`;
}

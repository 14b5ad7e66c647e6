import {
  COLD_START,
  IPC_TRANSFER,
  recordMedian,
  recordPast,
  recordRatio,
  type Watched,
} from "./medians.ts";
import { makeGroup, span, type Group } from "./rule.ts";
import type { Settings } from "./settings.ts";
import { recordSlo } from "./slo.ts";

const WATCHED: readonly Watched[] = [COLD_START, IPC_TRANSFER];

export function recordingGroups(settings: Settings): readonly Group[] {
  const { slo, evaluation } = settings;
  const windows = [slo.fast.short, slo.fast.long, slo.slow.short, slo.slow.long];
  const past = WATCHED.map((watched) => recordPast(settings, watched));
  const recent = WATCHED.flatMap((watched) =>
    watched.windows.flatMap((window) => [
      recordMedian(settings, watched, window),
      recordRatio(settings, watched, window),
    ]),
  );
  return [
    {
      ...makeGroup(settings, "cudaprobe-past", past),
      interval: span(settings, evaluation.pastEvery),
    },
    makeGroup(settings, "cudaprobe-medians", recent),
    makeGroup(
      settings,
      "cudaprobe-slo",
      windows.flatMap((window) => recordSlo(settings, window)),
    ),
  ];
}

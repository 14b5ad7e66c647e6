import { failuresThatCount, selectSlo } from "../../deploy/prometheus/source/slo.ts";
import { SETTINGS } from "../../deploy/prometheus/source/settings.ts";
import type { Drawing } from "../parts/panel.ts";
import { median, ON_GPUS, onGpus } from "../parts/select.ts";
import { stat } from "../parts/stat.ts";
import { coldStartRatio, RATIO_STEPS } from "./figures.ts";

const PROBE = 'probe="$probe"';
const SIZE = { width: 4, height: 4 };

/** The figures at the top of the cold starts, from left to right. */
export function coldStartTop(): readonly Drawing[] {
  const last = onGpus("cudaprobe_cold_start_last_duration_seconds", PROBE);
  return [
    stat({
      ...SIZE,
      title: "Cold start",
      description:
        "From before a process exists to its first result, the median of the window, of the slowest chosen GPU.",
      unit: "s",
      expr: `max(${median(last)})`,
      noValue: "No run succeeded",
    }),
    stat({
      ...SIZE,
      title: "Against its past",
      description:
        "The median of an hour to that of the 7 days before, of the worst chosen GPU; needs the rules of deploy/prometheus.",
      unit: "none",
      decimals: 2,
      steps: RATIO_STEPS,
      expr: `max(${coldStartRatio(PROBE)})`,
      noValue: "No past yet",
    }),
    stat({
      ...SIZE,
      title: "Against the baseline",
      description:
        "The median of the window to the pinned baseline, of the worst chosen GPU: what `cudaprobe baseline` has pinned, or the first 100 good runs.",
      unit: "none",
      decimals: 2,
      steps: RATIO_STEPS,
      expr: `max(${median(last)} / ${onGpus("cudaprobe_cold_start_baseline_duration_seconds", PROBE)})`,
      noValue: "None pinned yet",
    }),
    inTime(),
  ];
}

function inTime(): Drawing {
  const { targetSeconds, objective, runtime } = SETTINGS.slo;
  const selectors = selectSlo({ ...SETTINGS, selector: ON_GPUS }, "$window");
  const { measured, inTime: good } = selectors;
  return stat({
    ...SIZE,
    title: `Started within ${targetSeconds} s`,
    description: `The part of all cold starts of the runtime ${runtime}, one at a time, in the window that succeeded within ${targetSeconds} s; those that failed are counted. The objective is ${100 * objective} %.`,
    unit: "percentunit",
    decimals: 1,
    steps: [
      [null, "red"],
      [objective, "green"],
    ],
    expr: `sum(increase(${good}))
/
(sum(increase(${measured})) + (sum(${failuresThatCount(selectors, "increase")}) or vector(0)) > 0)`,
    noValue: "No start in the window",
  });
}

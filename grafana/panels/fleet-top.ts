import { FIRING } from "../parts/annotations.ts";
import type { Drawing } from "../parts/panel.ts";
import { onGpus, onHosts } from "../parts/select.ts";
import { stat } from "../parts/stat.ts";
import { coldStartRatio, RATIO_STEPS } from "./figures.ts";
import { fullestGpu } from "./fullest-gpu.ts";

const SIZE = { height: 4, width: 3 };

/** The figures at the top of the fleet, from left to right. */
export function fleetTop(): readonly Drawing[] {
  return [hosts(), gpus(), firingAlerts(), worst(), fullestGpu(SIZE)];
}

function hosts(): Drawing {
  return stat({
    ...SIZE,
    title: "Hosts scraped",
    description: "Hosts whose cudaprobe Prometheus reaches now, of those that were chosen.",
    unit: "none",
    expr: `sum(${onHosts("up")})`,
    noValue: "None",
  });
}

function gpus(): Drawing {
  return stat({
    ...SIZE,
    title: "GPUs",
    description: "GPUs and MIG instances that answered in the last listing.",
    unit: "none",
    expr: `sum(${onGpus("cudaprobe_gpu_up")})`,
    noValue: "None",
  });
}

function firingAlerts(): Drawing {
  return stat({
    ...SIZE,
    title: "Firing alerts",
    description:
      "Alerts of cudaprobe that fire for the chosen hosts; needs the rules of deploy/prometheus.",
    unit: "none",
    steps: [
      [null, "green"],
      [1, "red"],
    ],
    expr: `count(${FIRING}) or 0 * max(${onHosts("up")})`,
    noValue: "Not scraped",
  });
}

function worst(): Drawing {
  return stat({
    ...SIZE,
    width: 4,
    title: "Worst against its past",
    description:
      "The highest ratio of a cold start's median of an hour to that of the 7 days before; above 1 is slower. Needs the rules of deploy/prometheus and half a day of past.",
    unit: "none",
    decimals: 2,
    steps: RATIO_STEPS,
    expr: `max(${coldStartRatio()})`,
    noValue: "No past yet",
  });
}

import type { Drawing } from "../parts/panel.ts";
import { increase, ofTargets, onHosts } from "../parts/select.ts";
import { stat } from "../parts/stat.ts";

const NOTHING = "Not scraped";
const UP = onHosts("up");
const DRIVER_UP = onHosts("cudaprobe_up");
const RUN_SUCCESS = ofTargets("cudaprobe_run_success");
const SKIPS = ofTargets("cudaprobe_run_skips_total");

/** Whether what is shown is a GPU's at all: the first panel of every dashboard. */
export function figuresFrom(): Drawing {
  return stat({
    title: "Figures from",
    description:
      "Whether an NVIDIA driver or the emulator gave the figures of the chosen hosts; one emulated host is enough for EMULATED, and such figures are no GPU's.",
    unit: "none",
    width: 4,
    height: 4,
    expr: `max(${onHosts("cudaprobe_driver_info", 'backend="emulator"')})
or 0 * max(${onHosts("cudaprobe_driver_info")})
or max(${DRIVER_UP} == 0) - 1`,
    states: {
      "1": ["EMULATED", "purple"],
      "0": ["NVIDIA driver", "green"],
      "-1": ["No driver", "red"],
    },
    noValue: NOTHING,
  });
}

/** How well collecting goes, the worst of the chosen hosts: why a panel may be empty. */
export function collection(): Drawing {
  return stat({
    title: "Collection",
    description:
      "The worst of the chosen hosts. It tells empty panels apart: runs that fail leave no figure, runs that are skipped are not supported or not wanted here, without a driver there is nothing to measure, and without a scrape nothing is known.",
    unit: "none",
    width: 4,
    height: 4,
    expr: `max(
  (${UP} == 0) + 4
  or (${DRIVER_UP} == 0) + 3
  or (${RUN_SUCCESS} == 0) + 2
  or 0 * (${increase(SKIPS)} > 0) + 1
  or 0 * ${UP}
)`,
    states: {
      "0": ["All runs succeed", "green"],
      "1": ["Some runs skipped", "blue"],
      "2": ["Some runs fail", "orange"],
      "3": ["No driver answers", "red"],
      "4": ["A host is down", "red"],
    },
    noValue: NOTHING,
  });
}

import type { RunEnd } from "../runner/run.ts";
import type { Observation } from "./family.ts";
import { HOST_LINK_DOWNTRAINED } from "./ipc-families.ts";
import { describeDowntrained, isWhollyKnown, type PcieLink } from "./pcie-link.ts";
import { samplesOf } from "./samples.ts";

/** The link to the host as a run of `function_ipc` read it while it copied; undefined where it did not. */
function readHostLink(end: RunEnd): PcieLink | undefined {
  const [sample] = samplesOf(end, "link");
  if (sample === undefined) return undefined;
  const fact = (label: string): number | undefined => {
    const text = sample.labels[label] ?? "";
    return text === "" ? undefined : Number(text);
  };
  return {
    generation: fact("generation"),
    width: fact("width"),
    maxGeneration: fact("max_generation"),
    maxWidth: fact("max_width"),
  };
}

/** How the link was slower during the copies than it can be, or undefined. */
export function findDowntrainedLink(end: RunEnd): string | undefined {
  const link = readHostLink(end);
  return link === undefined ? undefined : describeDowntrained(link, true);
}

/** The warning as a series; absent where NVML does not tell all of it. */
export function observeDowntrainedLink(probe: string, end: RunEnd): readonly Observation[] {
  const link = readHostLink(end);
  if (link === undefined || !isWhollyKnown(link)) return [];
  const value = describeDowntrained(link, true) === undefined ? 0 : 1;
  return [{ family: HOST_LINK_DOWNTRAINED, labels: { probe }, value }];
}

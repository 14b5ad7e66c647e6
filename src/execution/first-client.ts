import { HEADLINE_PHASE } from "../probes/headline-phase.ts";
import { FIRST_CLIENT_SAMPLE } from "../probes/worker.ts";
import { durationFromSpawned } from "../protocol/intervals.ts";
import type { InstanceReport } from "../protocol/report.ts";
import type { RunEnd } from "../runner/run.ts";

/** The run, with how long the daemon's first client took to its first result as a sample of its own. */
export function tellFirstClient(end: RunEnd, firstClient: RunEnd): RunEnd {
  const [client] = firstClient.report.instances;
  const seconds = client && durationFromSpawned(client, HEADLINE_PHASE);
  if (seconds === undefined) return end;
  const [first, ...others] = end.report.instances;
  if (first === undefined) return end;
  const instances = [withSample(first, seconds), ...others];
  return { ...end, report: { ...end.report, instances } };
}

function withSample(instance: InstanceReport, value: number): InstanceReport {
  const sample = { name: FIRST_CLIENT_SAMPLE, value, labels: {} };
  return { ...instance, samples: [...instance.samples, sample] };
}

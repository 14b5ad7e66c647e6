import type { InstanceReport, Sample } from "../protocol/report.ts";
import type { RunEnd } from "../runner/run.ts";
import type { Owner } from "./owner.ts";
import { parseCgroup } from "./parse-cgroup.ts";

/**
 * The run with the owners of processes, under the names that labels of metrics have, in place of the paths of their control groups, which a
 * probe sends in the label `cgroup`.
 */
export function nameOwners(end: RunEnd): RunEnd {
  const find = createFinder();
  const instances = end.report.instances.map((instance): InstanceReport => ({
    ...instance,
    samples: instance.samples.map((sample) => nameOwner(sample, find)),
  }));
  return { ...end, report: { ...end.report, instances } };
}

type Labels = Sample["labels"];

/** The processes of a container have its control groups in common. */
function createFinder(): (paths: string) => Labels {
  const known = new Map<string, Labels>();
  return (paths) => {
    const labels = known.get(paths) ?? toLabels(parseCgroup(paths));
    known.set(paths, labels);
    return labels;
  };
}

function toLabels({ containerId, podUid, slurmJob, systemdUnit }: Owner): Labels {
  return {
    container_id: containerId,
    pod_uid: podUid,
    slurm_job: slurmJob,
    systemd_unit: systemdUnit,
  };
}

function nameOwner(sample: Sample, find: (paths: string) => Labels): Sample {
  const { name, value, labels } = sample;
  const { cgroup: paths } = labels;
  return paths === undefined ? sample : { name, value, labels: replacePaths(labels, find(paths)) };
}

/** Label by label: to take an object of many apart, and to put it together again, takes three times as long. */
function replacePaths(labels: Labels, owner: Labels): Labels {
  const replaced: Record<string, string> = {};
  for (const [label, text] of Object.entries(labels)) {
    if (label !== "cgroup") replaced[label] = text;
  }
  return Object.assign(replaced, owner);
}

import type { InstanceReport, Sample } from "../protocol/report.ts";
import type { RunEnd } from "../runner/run.ts";
import { parseCgroup } from "./parse-cgroup.ts";

/** The label in which a probe sends what it read of /proc/PID/cgroup. */
const CGROUP = "cgroup";

/** The run with the owners of processes, under the names that labels of metrics have, in place of their control groups' paths. */
export function nameOwners(end: RunEnd): RunEnd {
  return {
    ...end,
    report: { ...end.report, instances: end.report.instances.map(nameOwnersOfInstance) },
  };
}

function nameOwnersOfInstance(instance: InstanceReport): InstanceReport {
  return { ...instance, samples: instance.samples.map(nameOwner) };
}

function nameOwner(sample: Sample): Sample {
  const { [CGROUP]: paths, ...labels } = sample.labels;
  if (paths === undefined) return sample;
  const { containerId, podUid, slurmJob, systemdUnit } = parseCgroup(paths);
  return {
    ...sample,
    labels: {
      ...labels,
      container_id: containerId,
      pod_uid: podUid,
      slurm_job: slurmJob,
      systemd_unit: systemdUnit,
    },
  };
}

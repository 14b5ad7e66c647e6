import type { Sample } from "../protocol/report.ts";
import type { RunEnd } from "../runner/run.ts";
import type { Observation } from "./family.ts";

type Labels = Readonly<Record<string, string>>;

const PROCESS = "cudaprobe_gpu_process_memory_bytes";

/** What becomes of each sample but those of processes: a family, the labels it keeps, and labels of its own. */
const FAMILIES: Readonly<
  Record<string, { readonly family: string; readonly keeps?: string; readonly adds?: Labels }>
> = {
  memory_total_bytes: { family: "cudaprobe_gpu_memory_total_bytes" },
  memory_used_bytes: { family: "cudaprobe_gpu_memory_bytes", adds: { state: "used" } },
  memory_reserved_bytes: { family: "cudaprobe_gpu_memory_bytes", adds: { state: "reserved" } },
  memory_free_bytes: { family: "cudaprobe_gpu_memory_bytes", adds: { state: "free" } },
  processes: { family: "cudaprobe_gpu_processes", keeps: "client" },
  unattributed_memory_bytes: { family: "cudaprobe_gpu_unattributed_memory_bytes" },
  own_memory_bytes: { family: "cudaprobe_gpu_own_memory_bytes" },
  overflow_memory_bytes: { family: "cudaprobe_gpu_process_overflow_memory_bytes" },
  visibility_limited: { family: "cudaprobe_gpu_process_visibility_limited" },
  stride_anomaly: { family: "cudaprobe_gpu_nvml_stride_anomaly" },
};

/** What a successful run says. Without `pid` the processes that are told apart by nothing else are one series. */
export function observeProcessMemory(
  end: RunEnd,
  { pid }: { readonly pid: boolean },
): readonly Observation[] {
  const samples = end.report.instances.flatMap((instance) => instance.samples);
  const processes = samples
    .filter(({ name }) => name === "process_memory_bytes")
    .map((sample) => observeProcess(sample, pid));
  return [...samples.flatMap(observeDevice), ...(pid ? processes : sumAlike(processes))];
}

function observeDevice({ name, labels, value }: Sample): readonly Observation[] {
  const known = FAMILIES[name];
  if (known === undefined) return [];
  const { family, keeps, adds } = known;
  const kept = keeps === undefined ? {} : { [keeps]: labels[keeps] ?? "" };
  return [{ family, labels: { ...deviceOf(labels), ...kept, ...adds }, value }];
}

/** Of a long list each is made in one go: putting it together of parts takes as long as reading it. */
function observeProcess({ labels, value }: Sample, pid: boolean): Observation {
  const of = (name: string): string => labels[name] ?? "";
  return {
    family: PROCESS,
    labels: {
      gpu: of("gpu"),
      gpu_uuid: of("gpu_uuid"),
      mig_uuid: of("mig_uuid"),
      pid: pid ? of("pid") : "",
      process_name: of("process_name"),
      client: of("client"),
      container_id: of("container_id"),
      pod_uid: of("pod_uid"),
      slurm_job: of("slurm_job"),
      systemd_unit: of("systemd_unit"),
    },
    value,
  };
}

function deviceOf({ gpu = "", gpu_uuid = "", mig_uuid = "" }: Labels): Labels {
  return { gpu, gpu_uuid, mig_uuid };
}

/** The labels are in the same order in all of them. */
function sumAlike(observations: readonly Observation[]): readonly Observation[] {
  const sums = new Map<string, Observation>();
  for (const observation of observations) {
    const key = JSON.stringify(observation.labels);
    const sum = (sums.get(key)?.value ?? 0) + observation.value;
    sums.set(key, { ...observation, value: sum });
  }
  return [...sums.values()];
}

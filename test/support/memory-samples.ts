import type { Sample } from "../../src/protocol/report.ts";

/** A process as a run of process_memory tells of it, once its control groups were read; what is left out is nothing special. */
export interface ListedProcess {
  readonly pid: number;
  readonly bytes: number;
  readonly labels?: Readonly<Record<string, string>>;
}

const OWNER = { container_id: "", pod_uid: "", slurm_job: "", systemd_unit: "" };

/** All that a run of process_memory says of one device. */
export function memorySamples(
  device: { readonly gpu: number; readonly gpuUuid: string; readonly migUuid?: string },
  processes: readonly ListedProcess[] = [],
): readonly Sample[] {
  const { gpu, gpuUuid, migUuid = "" } = device;
  const on = { gpu: String(gpu), gpu_uuid: gpuUuid, mig_uuid: migUuid };
  const sample = (name: string, value: number, labels = {}): Sample => ({
    name,
    value,
    labels: { ...on, ...labels },
  });
  return [
    sample("memory_total_bytes", 80e9),
    sample("memory_used_bytes", 10e9),
    sample("memory_reserved_bytes", 1e9),
    sample("memory_free_bytes", 69e9),
    ...processes.map(({ pid, bytes, labels }) =>
      sample("process_memory_bytes", bytes, {
        pid: String(pid),
        process_name: "python3",
        client: "compute",
        start_time: "123",
        ...OWNER,
        ...labels,
      }),
    ),
    sample("processes", processes.length, { client: "compute" }),
    sample("processes", 0, { client: "graphics" }),
    sample("processes", 0, { client: "mps" }),
    sample("unattributed_memory_bytes", 2e9),
    sample("own_memory_bytes", 0),
    sample("overflow_memory_bytes", 3e6),
    sample("stride_anomaly", 0),
    sample("visibility_limited", 1),
  ];
}

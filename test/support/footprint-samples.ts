import type { Sample } from "../../src/protocol/report.ts";

const MIB = 2 ** 20;

/** All that a run of the footprint says: a context of 518 MiB, 2 MiB that were asked for, and nothing for the kernel. */
export function footprintSamples({ mps = false } = {}): readonly Sample[] {
  const phases = ["context", "allocate", "load_module", "first_kernel"];
  const process = mps ? [74, 76, 76, 76] : [518, 520, 520, 520];
  const server = mps ? [66, 66, 68, 68] : [];
  return [
    ...process.map((size, index) => sample("process_bytes", size * MIB, { phase: phases[index] })),
    ...server.map((size, index) =>
      sample("mps_server_bytes", size * MIB, { phase: phases[index] }),
    ),
    sample("memory_total_bytes", 80 * 1024 * MIB),
    sample("memory_free_bytes", 70 * 1024 * MIB),
    sample("requested_bytes", 2 * MIB),
    ...(mps ? [sample("first_client_seconds", 0.4)] : []),
  ];
}

/** All that a run of the density says that started so many functions of 520 MiB each. */
export function densitySamples(instances: number, limit = "max_instances"): readonly Sample[] {
  const numbers = Array.from({ length: instances }, (_, index) => index + 1);
  return [
    ...numbers.flatMap(instanceSamples),
    sample("instances", instances),
    ...(instances === 0 ? [] : [sample("instance_bytes", 524 * MIB)]),
    sample("memory_total_bytes", 80 * 1024 * MIB),
    sample("memory_free_bytes", 70 * 1024 * MIB),
    sample("requested_bytes", 2 * MIB),
    sample("gpu_seconds", 0.5 * instances),
    sample("limit", 1, { limit }),
    ...(instances > 0 ? [sample("reclaim_seconds", 0.001, { how: "exit" })] : []),
    ...(instances > 1 ? [sample("reclaim_seconds", 0.1, { how: "kill" })] : []),
  ];
}

function instanceSamples(number: number): readonly Sample[] {
  const begin = 480 * MIB + (number - 1) * 524 * MIB;
  const of = { number: String(number) };
  return [
    sample("used_begin_bytes", begin, of),
    sample("used_context_bytes", begin + 522 * MIB, of),
    sample("used_end_bytes", begin + 524 * MIB, of),
    sample("process_bytes", 520 * MIB, of),
    sample("start_seconds", 0.2 + number / 100, of),
  ];
}

function sample(
  name: string,
  value: number,
  labels: Readonly<Record<string, string | undefined>> = {},
): Sample {
  const known = Object.entries(labels).map(([key, text = ""]) => [key, text] as const);
  return { name, value, labels: Object.fromEntries(known) };
}

import { DEVICE, HOST, makeAlert, ON_GPU, select, span, type AlertRule } from "./rule.ts";
import type { Settings } from "./settings.ts";

const BYTES = "{{ $value | humanize1024 }}B";

/** GPUs that are gone, and memory that is. */
export function gpuAlerts(settings: Settings): readonly AlertRule[] {
  return [
    missing(settings),
    memoryAlmostFull(settings),
    unattributedMemory(settings),
    memoryLeak(settings),
  ];
}

/**
 * A GPU that does not answer; and one that was there and is not known any more, since cudaprobe was started without it.
 * MIG instances come and go by somebody's hand. While no driver answers there is another alert.
 */
function missing(settings: Settings): AlertRule {
  const { seenWithin, for: pending } = settings.gpu.missing;
  const up = select(settings, "cudaprobe_gpu_up");
  const gpus = select(settings, "cudaprobe_gpu_up", 'mig_uuid=""');
  return makeAlert(settings, {
    name: "CudaprobeGpuMissing",
    severity: "critical",
    expr: `(
  ${up} == 0
  or
  (
    0 * last_over_time(${gpus}[${span(settings, seenWithin)}])
    unless on (${DEVICE})
    ${up}
  )
)
and on (${HOST})
${select(settings, "cudaprobe_up")} == 1`,
    for: pending,
    summary: "A GPU does not answer.",
    description: `${ON_GPU} does not answer, though it did before or is named in the configuration.`,
  });
}

function memoryAlmostFull(settings: Settings): AlertRule {
  const { freeRatio, for: pending } = settings.gpu.memoryAlmostFull;
  return makeAlert(settings, {
    name: "CudaprobeGpuMemoryAlmostFull",
    severity: "warning",
    expr: `${select(settings, "cudaprobe_gpu_memory_bytes", 'state="free"')}
/ ignoring (state)
${select(settings, "cudaprobe_gpu_memory_total_bytes")}
< ${freeRatio}`,
    for: pending,
    summary: "The memory of a GPU is almost full.",
    description: `{{ $value | humanizePercentage }} of the memory of ${ON_GPU} is free.`,
  });
}

function unattributedMemory(settings: Settings): AlertRule {
  const { bytes, for: pending } = settings.gpu.unattributedMemory;
  return makeAlert(settings, {
    name: "CudaprobeUnattributedMemory",
    severity: "warning",
    expr: `${select(settings, "cudaprobe_gpu_unattributed_memory_bytes")} > ${bytes}
unless on (${DEVICE})
${select(settings, "cudaprobe_gpu_process_visibility_limited")} == 1`,
    for: pending,
    summary: "Memory of a GPU is used and no process accounts for it.",
    description: `${BYTES} of ${ON_GPU} are used by no process that NVML lists.`,
  });
}

/** Only for processes that have series of their own: a sum grows when another process comes. */
function memoryLeak(settings: Settings): AlertRule {
  const { bytesAPart, part, smooth, for: pending } = settings.gpu.memoryLeak;
  const family = select(settings, "cudaprobe_gpu_process_memory_bytes", 'pid!=""');
  const before = (parts: number): string => {
    const offset = parts === 0 ? "" : ` offset ${span(settings, parts * part)}`;
    return `quantile_over_time(0.5, ${family}[${span(settings, smooth)}]${offset})`;
  };
  const grew = [0, 1, 2].map((parts) => `${before(parts)} - ${before(parts + 1)} > ${bytesAPart}`);
  return makeAlert(settings, {
    name: "CudaprobeProcessMemoryLeak",
    severity: "warning",
    expr: [`${before(0)} - ${before(3)}`, ...grew].join("\nand\n"),
    for: pending,
    summary: "The GPU memory of a process grows and grows.",
    description:
      `Process {{ $labels.pid }} ({{ $labels.process_name }}) on ${ON_GPU} holds ${BYTES} more than ` +
      `${span(settings, 3 * part)} ago, and has grown in each third of that time.`,
  });
}

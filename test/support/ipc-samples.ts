import type { Sample } from "../../src/protocol/report.ts";

/** What each phase of a transfer takes, in seconds, by use and size. */
type PhaseSeconds = (sizeBytes: number) => Readonly<Record<string, number>>;

/** The default sizes. */
export const SIZES: readonly number[] = [2 ** 12, 2 ** 16, 2 ** 20, 2 ** 24, 2 ** 26];

interface IpcSamplesOptions {
  readonly sizes?: readonly number[];
  readonly count?: number;
  readonly peerGpuUuid?: string;
}

/** The legs of a copy through the host, at 50, 10 and 50 GB/s. */
const LEGS: PhaseSeconds = (sizeBytes) => ({
  device_to_host: 8e-6 + sizeBytes / 50e9,
  transport: 2e-6 + sizeBytes / 10e9,
  host_to_device: 8e-6 + sizeBytes / 50e9,
});

/** A handle that is opened in 60 µs, and copies at 1 TB/s. */
const HANDLES: PhaseSeconds = (sizeBytes) => ({
  export: 6e-6,
  open: 60e-6,
  first_touch: 20e-6,
  copy: 4e-6 + sizeBytes / 1e12,
  kernel: 10e-6 + sizeBytes / 1e12,
  close: 40e-6,
});

/** All that a run of function_ipc says: the middle one of its samples is what the legs take, the others are 1 µs around it. */
export function functionIpcSamples(options: IpcSamplesOptions = {}): readonly Sample[] {
  const { sizes = SIZES } = options;
  return [
    ...sizes.flatMap((size) =>
      transferSamples({ size, use: "stream", phases: LEGS(size) }, options),
    ),
    sample("bytes", 3 * sizes.reduce((sum, size) => sum + size, 0)),
    sample("link", 1, { generation: "5", width: "16", max_generation: "5", max_width: "16" }),
  ];
}

/** All that a run of cuda_ipc says, in the same way. */
export function cudaIpcSamples(options: IpcSamplesOptions = {}): readonly Sample[] {
  const { sizes = SIZES } = options;
  return [
    ...sizes.flatMap((size) => {
      const first = HANDLES(size);
      const { copy = 0, kernel = 0 } = first;
      return [
        ...transferSamples({ size, use: "first", phases: first }, options),
        ...transferSamples({ size, use: "reuse", phases: { copy, kernel } }, options),
        sample("mapped_bytes", Math.max(size, 2 ** 21), { size_bytes: String(size) }),
      ];
    }),
    sample("bytes", 4 * sizes.reduce((sum, size) => sum + size, 0)),
  ];
}

/** What a whole transfer is made of. */
const WHOLE: Readonly<Record<string, readonly string[]>> = {
  stream: ["device_to_host", "transport", "host_to_device"],
  first: ["export", "open", "copy", "close"],
  reuse: ["copy"],
};

function transferSamples(
  {
    size,
    use,
    phases,
  }: {
    readonly size: number;
    readonly use: string;
    readonly phases: Readonly<Record<string, number>>;
  },
  { count = 5, peerGpuUuid = "" }: IpcSamplesOptions,
): readonly Sample[] {
  const labels = { size_bytes: String(size), use, peer_gpu_uuid: peerGpuUuid };
  const whole = (WHOLE[use] ?? []).reduce((sum, phase) => sum + (phases[phase] ?? 0), 0);
  return Array.from({ length: count }, (_, index) => {
    const around = (index - (count - 1) / 2) * 1e-6;
    return [
      sample("transfer_seconds", whole + around, labels),
      ...Object.entries(phases).map(([phase, seconds]) =>
        sample("phase_seconds", seconds, { ...labels, phase }),
      ),
    ];
  }).flat();
}

function sample(
  name: string,
  value: number,
  labels: Readonly<Record<string, string>> = {},
): Sample {
  return { name, value, labels };
}

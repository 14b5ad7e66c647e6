import { describe, expect, test } from "vitest";
import { runCudaprobe } from "../support/daemon.ts";
import { gpuUuids } from "../support/emulated-gpus.ts";
import { makeEmulator } from "../support/emulator.ts";

const SIZES = "--sizes=4KiB,1MiB";
const FUNCTION = ["run", "function_ipc", SIZES];
const CUDA = ["run", "cuda_ipc", SIZES];

/** A row of each size: so many numbers, none of them 0. */
function rows(columns: number): RegExp {
  const numbers = " +[1-9][0-9.]*| +0\\.[0-9]*[1-9][0-9]*";
  const cells = `(?:${numbers}){${columns}}`;
  return new RegExp(`^4 KiB${cells}\\n1 MiB${cells}$`, "m");
}

/** The text from a line on that begins with these words to the next empty one. */
function tableOf(out: string, title: string): string {
  return out.split("\n\n").find((part) => part.startsWith(title)) ?? "";
}

describe("cudaprobe run function_ipc", () => {
  test.each([
    { mechanism: "shm", rated: ["device to host", "host to device", "end to end"] },
    { mechanism: "unix", rated: ["device to host", "transport", "host to device", "end to end"] },
    { mechanism: "tcp", rated: ["device to host", "transport", "host to device", "end to end"] },
  ])(
    "prints what each leg takes by $mechanism, and the rate of each that moves data",
    async ({ mechanism, rated }) => {
      await using emulator = await makeEmulator();
      const args = [...FUNCTION, `--mechanism=${mechanism}`];
      const { exitCode, out, error } = await runCudaprobe(args, { emulator });
      expect({ exitCode, error }).toEqual({ exitCode: 0, error: "" });
      expect(out).toContain(`function_ipc: mechanism ${mechanism}, memory pinned, samples 5\n`);
      const times = tableOf(out, "µs, median of 5 samples:");
      expect(times).toMatch(/^size +device to host +transport +host to device +end to end$/m);
      expect(times).toMatch(rows(4));
      const rates = tableOf(out, "GB/s:");
      expect(rates).toMatch(new RegExp(`^size +${rated.join(" +")}$`, "m"));
      expect(rates).toMatch(rows(rated.length));
    },
  );

  test("says from which size on CUDA IPC is faster, for a first use and for a reuse", async () => {
    await using emulator = await makeEmulator();
    const { out } = await runCudaprobe(FUNCTION, { emulator });
    expect(tableOf(out, "CUDA IPC is faster than function IPC  from")).toMatch(BREAK_EVEN);
  });

  test("says why that is not known where CUDA IPC is not to be had", async () => {
    await using emulator = await makeEmulator(["legacy_ipc = false"]);
    const { exitCode, out } = await runCudaprobe(FUNCTION, { emulator });
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^first use +not known: .*not_supported/m);
    expect(out).toMatch(/^reuse +not known: .*not_supported/m);
  });

  test("has figures with labels in JSON", async () => {
    await using emulator = await makeEmulator();
    const { out } = await runCudaprobe([...FUNCTION, "--format=json"], { emulator });
    const labels = { size_bytes: "1048576", use: "stream", peer_gpu_uuid: "" };
    const figures = [
      expect.objectContaining({ labels: { ...labels, phase: "device_to_host" } }),
      expect.objectContaining({ labels: { ...labels, phase: "transport" } }),
      expect.objectContaining({ labels: { ...labels, phase: "host_to_device" } }),
      expect.objectContaining({ name: "1 MiB stream", unit: "seconds", labels }),
    ];
    expect(JSON.parse(out)).toMatchObject({
      kind: "function_ipc",
      iterations: [{ outcome: "success", figures: expect.arrayContaining(figures) }],
    });
  });
});

describe("cudaprobe run cuda_ipc", () => {
  test.each(["legacy", "vmm_fd"])(
    "prints what a first use takes by %s and what each later one, and when that is faster",
    async (mechanism) => {
      await using emulator = await makeEmulator();
      const args = [...CUDA, `--mechanism=${mechanism}`];
      const { exitCode, out, error } = await runCudaprobe(args, { emulator });
      expect({ exitCode, error }).toEqual({ exitCode: 0, error: "" });
      expect(out).toContain(`cuda_ipc: mechanism ${mechanism}, samples 5\n`);
      const first = tableOf(out, "first use, µs, median of 5 samples:");
      expect(first).toMatch(
        /^size +get handle +open handle +first touch +copy +kernel \+ handle +close +end to end +copy GB\/s$/m,
      );
      expect(first).toMatch(rows(8));
      const reuse = tableOf(out, "reuse, µs, median of 5 samples:");
      expect(reuse).toMatch(/^size +copy +kernel \+ handle +copy GB\/s$/m);
      expect(reuse).toMatch(rows(3));
      expect(tableOf(out, "CUDA IPC is faster than function IPC  from")).toMatch(BREAK_EVEN);
    },
  );

  test("has figures with labels in JSON, and what each size took of the GPU", async () => {
    await using emulator = await makeEmulator();
    const { out } = await runCudaprobe([...CUDA, "--format=json"], { emulator });
    const labels = { size_bytes: "4096", use: "first", peer_gpu_uuid: "" };
    const figures = [
      expect.objectContaining({ name: "4 KiB first", unit: "seconds", labels }),
      expect.objectContaining({ unit: "seconds", labels: { ...labels, phase: "open" } }),
      expect.objectContaining({ name: "4 KiB reuse", labels: { ...labels, use: "reuse" } }),
      { name: "4 KiB mapped", value: 2 ** 21, unit: "bytes", labels: { size_bytes: "4096" } },
    ];
    expect(JSON.parse(out)).toMatchObject({
      kind: "cuda_ipc",
      iterations: [{ outcome: "success", figures: expect.arrayContaining(figures) }],
    });
  });
});

describe.each([{ args: FUNCTION }, { args: CUDA }])("cudaprobe $args.0 $args.1", ({ args }) => {
  test("has tables of the other GPU, too, when it is asked to measure between GPUs", async () => {
    const [, other = "none"] = await gpuUuids();
    await using emulator = await makeEmulator(["gpus = 2"]);
    const between = await runCudaprobe([...args, "--between-gpus"], { emulator });
    expect(between.exitCode).toBe(0);
    expect(between.out).toMatch(new RegExp(`µs.* to ${other}|to ${other}, .*µs`));
    const alone = await runCudaprobe(args, { emulator });
    expect(alone.out).not.toContain(" to GPU-");
  });

  test.each([
    ["2GiB", "must be from 4B to 1GiB"],
    ["1KiB,5B", "5 B is not a multiple of 4 bytes"],
    ["1KiB,1KiB", "1 KiB is in the list twice"],
    ["large", "is not a size: write a number and one of B, kB, MB, GB, KiB, MiB, GiB"],
  ])("refuses the sizes %s, and says what is allowed", async (sizes, problem) => {
    await using emulator = await makeEmulator();
    const refused = await runCudaprobe([...args, `--sizes=${sizes}`], { emulator });
    expect(refused).toMatchObject({ exitCode: 2, out: "" });
    expect(refused.error).toContain(problem);
    expect(refused.error).toContain("sizes");
  });
});

/** What a break-even may be: a size, or that it is at all sizes or at none. */
const BREAK_EVEN =
  /^first use +([\d.]+ [KM]iB|(always|never) \(of .*\))\nreuse +([\d.]+ [KM]iB|(always|never) \(of .*\))$/m;

import { describe, expect, test } from "vitest";
import { runCudaprobe } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";

const RUN = ["run", "cold_start", "--iterations=2"];

interface Row {
  readonly concurrency?: number;
  readonly name: string;
}

describe("cudaprobe run cold_start --concurrency", () => {
  test("prints the curve of a list, a row for each number", async () => {
    await using emulator = await makeEmulator();
    const { exitCode, out, error } = await runCudaprobe([...RUN, "--concurrency=1,2,4"], {
      emulator,
    });
    expect({ exitCode, error }).toEqual({ exitCode: 0, error: "" });
    expect(out).toContain("concurrency 1,2,4");
    expect(out).toContain("6 of 6 runs succeeded");
    expect(out).toMatch(/^at once +median +max +ratio +floor$/m);
    expect(out).toMatch(/^1( +[\d.]+ (µs|ms)){2}$/m);
    for (const count of [2, 4]) {
      expect(out).toMatch(
        new RegExp(`^${count}( +[\\d.]+ (µs|ms)){2} +[\\d.]+ +[\\d.]+ (µs|ms)$`, "m"),
      );
    }
  });

  test("has the number in each row of the JSON, and no ratio of one alone", async () => {
    await using emulator = await makeEmulator();
    const { out } = await runCudaprobe([...RUN, "--concurrency=1,2", "--format=json"], {
      emulator,
    });
    const result: { readonly iterations: readonly Row[]; readonly summary: readonly Row[] } =
      JSON.parse(out);
    expect(result).toMatchObject({
      schema: "cudaprobe-run/1",
      curve: "concurrency",
      options: { concurrency: "1,2", spread: "one_gpu" },
    });
    expect(result.iterations.map(({ concurrency }) => concurrency)).toEqual([1, 1, 2, 2]);
    const ratios = result.summary.filter(({ name }) => name === "serialization");
    expect(ratios.map(({ concurrency }) => concurrency)).toEqual([2]);
  });

  test("leaves out of the curve what it leaves out of the statistics", async () => {
    await using emulator = await makeEmulator();
    const { out } = await runCudaprobe(
      ["run", "cold_start", "--iterations=1", "--concurrency=1,2"],
      {
        emulator,
      },
    );
    expect(out).toContain("1 compiled the kernel");
    expect(out).not.toMatch(/^1 +[\d.]+ (µs|ms)/m);
    expect(out).toMatch(/^2 +[\d.]+ (µs|ms)/m);
  });

  test("does not start what would take memory from others", async () => {
    // Of 79.6 GiB 3 are free.
    const tenant = `tenant = gpu=0 pid=1 type=compute bytes=${76.6 * 2 ** 30} name=trainer`;
    await using emulator = await makeEmulator([tenant.replace(/\.\d+ /, " ")]);
    const { exitCode, out } = await runCudaprobe([...RUN, "--concurrency=1,8"], { emulator });
    expect(exitCode).toBe(0);
    expect(out).toContain("2 of 4 runs succeeded");
    expect(out).toMatch(/skipped: memory_floor \(.* floor 10 GiB\)/);
  });

  test("has it as the first column of the CSV", async () => {
    await using emulator = await makeEmulator();
    const { out } = await runCudaprobe([...RUN, "--concurrency=1,2", "--format=csv"], {
      emulator,
    });
    const [header = [], ...rows] = out
      .trim()
      .split("\n")
      .map((line) => line.split(","));
    expect(header[0]).toBe("concurrency");
    expect(rows.map(([count]) => count)).toEqual(["1", "1", "2", "2"]);
    const ratio = header.indexOf("serialization_ratio");
    expect(rows.map((row) => row[ratio] === "")).toEqual([true, true, false, false]);
  });

  test("says of one number nothing of a curve", async () => {
    await using emulator = await makeEmulator();
    const { out } = await runCudaprobe([...RUN, "--concurrency=2", "--format=json"], { emulator });
    const result: object = JSON.parse(out);
    expect(result).not.toHaveProperty("curve");
    expect(result).toMatchObject({ options: { concurrency: "2" } });
  });

  test.each(["1,0", "1,65", "1,", "two,3"])("refuses %s before anything runs", async (list) => {
    await using emulator = await makeEmulator();
    const run = await runCudaprobe([...RUN, `--concurrency=${list}`], { emulator });
    expect(run).toMatchObject({ exitCode: 2, out: "" });
    expect(run.error).toContain("concurrency");
  });

  test("is exit code 1 when one of its numbers fails, and prints the others", async () => {
    // Two runs alone, then three single starts and the first of two at once.
    const fault = "fault = call=cuMemAlloc_v2 scope=host nth=6 code=2";
    await using emulator = await makeEmulator([fault]);
    const { exitCode, out } = await runCudaprobe([...RUN, "--concurrency=1,2"], { emulator });
    expect(exitCode).toBe(1);
    expect(out).toContain("failure in allocate: oom");
    expect(out).toMatch(/^1( +[\d.]+ (µs|ms)){2}$/m);
  });
});

describe("cudaprobe run cold_start", () => {
  test.each([
    [["gpus = 1"], false],
    [["gpus = 1", "tenant = gpu=0 pid=1 bytes=4294967296"], true],
  ])("says whether somebody held the GPU: with %j it is %s", async (lines, held) => {
    await using emulator = await makeEmulator(lines);
    const { out } = await runCudaprobe([...RUN, "--format=json"], { emulator });
    expect(JSON.parse(out)).toMatchObject({
      iterations: [{ gpuHeldByOthers: held }, { gpuHeldByOthers: held }],
    });
  });
});

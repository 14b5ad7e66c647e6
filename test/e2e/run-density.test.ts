import { describe, expect, test } from "vitest";
import { runCudaprobe } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";

describe("cudaprobe run density", () => {
  const RUN = ["run", "density", "--max-instances=2"];

  test("makes one run, and prints a row an instance and what it comes to", async () => {
    await using emulator = await makeEmulator();
    const { exitCode, out } = await runCudaprobe(RUN, { emulator });
    expect(exitCode).toBe(0);
    expect(out).toContain("1 of 1 runs succeeded");
    expect(out).toMatch(
      /^instance +begin +after context +after model +per instance +runtime share +start$/m,
    );
    expect(out).toMatch(/^2 +526 MiB +1050 MiB +1052 MiB +526 MiB +99.6 % +\S+ ms$/m);
    expect(out).toMatch(/^instances +2 +max_instances$/m);
    expect(out).toMatch(/^projected instances +\d+ +memory$/m);
    expect(out).toMatch(/^reclaim after kill +\S+ m?s$/m);
  });

  test("has its figures in JSON, the limits among them", async () => {
    await using emulator = await makeEmulator();
    const { out } = await runCudaprobe([...RUN, "--format=json"], { emulator });
    const [instances, projected] = [{ limit: "max_instances" }, { limit: "memory" }];
    expect(JSON.parse(out)).toMatchObject({
      kind: "density",
      iterations: [
        {
          outcome: "success",
          figures: expect.arrayContaining([
            { name: "instances", value: 2, unit: "count", labels: instances },
            expect.objectContaining({ name: "projected instances", labels: projected }),
          ]),
        },
      ],
    });
  });

  test("says that the GPU is exclusive, and runs under MPS", async () => {
    await using emulator = await makeEmulator(["compute_mode = exclusive_process"]);
    const { exitCode, out, error } = await runCudaprobe(RUN, { emulator });
    expect(exitCode).toBe(0);
    expect(error).toContain("exclusive process mode, which lets in one process: running under MPS");
    expect(out).toContain("density: runtime driver, mps true, active_thread_percentage 100\n");
    expect(out).toMatch(/^instances +2 +max_instances$/m);
  });

  test("is left out on an exclusive GPU when it is told to do without MPS", async () => {
    await using emulator = await makeEmulator(["compute_mode = exclusive_process"]);
    const { exitCode, out } = await runCudaprobe([...RUN, "--mps=false"], { emulator });
    expect(exitCode).toBe(1);
    expect(out).toContain("skipped: compute_mode (the compute mode is exclusive_process)");
  });
});

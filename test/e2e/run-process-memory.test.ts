import { describe, expect, test } from "vitest";
import { runCudaprobe } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { startSleepers } from "../support/sleepers.ts";
import { MIB, tenant } from "../support/tenants.ts";

describe("cudaprobe run process_memory", () => {
  test("prints a row a GPU and a row a process", async () => {
    await using sleepers = await startSleepers(1);
    const [pid] = sleepers.pids;
    await using emulator = await makeEmulator(["gpus = 2", tenant(pid, 30)]);
    const { exitCode, out, error } = await runCudaprobe(["run", "process_memory"], { emulator });
    expect({ exitCode, error }).toEqual({ exitCode: 0, error: "" });
    expect(out).toMatch(/^process_memory\n/);
    expect(out).toMatch(/^GPU 0 +79.6 GiB +30 MiB +480 MiB .* 1$/m);
    expect(out).toMatch(/^GPU 1 +79.6 GiB +0 B +480 MiB .* 0$/m);
    expect(out).toMatch(new RegExp(`^GPU 0 +${pid} +sleep +compute .* 30 MiB$`, "m"));
  });

  test("is of the host, and so takes no GPU", async () => {
    await using emulator = await makeEmulator();
    const args = ["run", "process_memory", "--gpu=0"];
    const { exitCode, error } = await runCudaprobe(args, { emulator });
    expect(exitCode).toBe(2);
    expect(error).toContain("--gpu");
  });

  test("gives the same as JSON", async () => {
    await using sleepers = await startSleepers(1);
    const [pid] = sleepers.pids;
    await using emulator = await makeEmulator([tenant(pid, 30)]);
    const args = ["run", "process_memory", "--format=json", "--pid=false"];
    const { out } = await runCudaprobe(args, { emulator });
    const figures = expect.arrayContaining([
      { name: "GPU 0 used", value: 30 * MIB, unit: "bytes" },
      { name: `GPU 0 process ${pid}`, value: 30 * MIB, unit: "bytes" },
    ]);
    expect(JSON.parse(out)).toMatchObject({
      kind: "process_memory",
      iterations: [{ outcome: "success", figures }],
    });
  });
});

import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { samples, value } from "../metrics/exposition-text.ts";
import { runCudaprobe, startDaemon, type RunningDaemon } from "../support/daemon.ts";
import { makeEmulator, type EmulatorDirectory } from "../support/emulator.ts";
import { nativeFile } from "../support/native.ts";
import { processesOf, untilNoneLeft } from "../support/processes.ts";
import { until } from "../support/until.ts";

const CONFIG = `probes:
  - { name: fp, kind: footprint, schedule: "* * * * * *", jitter: 0s, mps: true }
`;

/** The run that is in flight takes 2 s more: its first client has made the call before. */
const SLOW = "fault = call=cuMemAlloc_v2 scope=host nth=2 slow_seconds=200";

async function startInRun(emulator: EmulatorDirectory): Promise<RunningDaemon> {
  const daemon = await startDaemon({ config: CONFIG, emulator });
  await until("a run in flight", () => emulator.faultedCalls() === 2);
  return daemon;
}

async function mpsDirectories(directory: string): Promise<readonly string[]> {
  return (await readdir(directory)).filter((name) => name.startsWith("mps-"));
}

describe("a daemon in the middle of a run under MPS", () => {
  test("takes the MPS daemon, its server and the probes with it when it is killed, and the next one removes the rest", async () => {
    await using emulator = await makeEmulator([SLOW]);
    await using daemon = await startInRun(emulator);
    const programs = processesOf(daemon.storageDirectory).map(({ program }) => program);
    expect(new Set(programs)).toEqual(
      new Set([
        "node",
        "launcher",
        "nvidia-cuda-mps-control",
        "nvidia-cuda-mps-server",
        "footprint",
        "cold_start",
      ]),
    );
    expect(await mpsDirectories(daemon.storageDirectory)).toHaveLength(1);
    daemon.signal("SIGKILL");
    expect(await daemon.ended).toBeUndefined();
    await untilNoneLeft(daemon.storageDirectory);
    const { storageDirectory } = daemon;
    await using next = await startDaemon({ config: "probes: []\n", emulator, storageDirectory });
    expect(await mpsDirectories(next.storageDirectory)).toEqual([]);
  });

  test("ends all of it in order when it is stopped", async () => {
    await using emulator = await makeEmulator([SLOW]);
    await using daemon = await startInRun(emulator);
    daemon.signal("SIGTERM");
    expect(await daemon.ended).toBe(0);
    expect(processesOf(daemon.storageDirectory)).toEqual([]);
    expect(await mpsDirectories(daemon.storageDirectory)).toEqual([]);
  });
});

describe("a footprint under MPS", () => {
  const labels = { probe: "fp", mps: "true" };

  test("has series, which go when MPS does, and come back with it", async () => {
    await using emulator = await makeEmulator();
    await using daemon = await startDaemon({ config: CONFIG, emulator });
    const first = await daemon.logged(["run succeeded"]);
    const good = await daemon.scrape();
    const server = { ...labels, component: "mps_server", phase: "context" };
    expect(value(good, "cudaprobe_footprint_bytes", server)).toBe(66 * 2 ** 20);
    expect(value(good, "cudaprobe_density_projected_instances", labels)).toBe(48);
    expect(value(good, "cudaprobe_density_limit_info", { ...labels, limit: "mps_clients" })).toBe(
      1,
    );

    await emulator.configure(["mps_server = dies_at_start"]);
    const failed = await daemon.logged(["run failed", "reason=mps_unavailable"], first);
    const bad = await daemon.scrape();
    const failures = { probe: "fp", reason: "mps_unavailable" };
    expect(value(bad, "cudaprobe_run_failures_total", failures)).toBeGreaterThan(0);
    expect(samples(bad, "cudaprobe_footprint_bytes{")).toEqual([]);
    expect(samples(bad, "cudaprobe_density_")).toEqual([]);

    await emulator.configure([]);
    await daemon.logged(["run succeeded"], failed);
    expect(samples(await daemon.scrape(), "cudaprobe_footprint_bytes{")).not.toEqual([]);
  });
});

describe("cudaprobe run footprint", () => {
  test.each([
    [["--mps"], "mps true, active_thread_percentage 100"],
    [["--mps=true"], "mps true, active_thread_percentage 100"],
    [["--mps=false"], "mps false"],
    [[], "mps false"],
  ])("with %j is %s", async (flags, said) => {
    await using emulator = await makeEmulator();
    const args = ["run", "footprint", "--iterations=1", ...flags];
    const { exitCode, out } = await runCudaprobe(args, { emulator });
    expect(exitCode).toBe(0);
    expect(out).toContain(`footprint: runtime driver, ${said}, module_loading lazy\n`);
    expect(out).toMatch(/^runtime share +9[79]\.\d %/m);
    expect(/^mps server +66 MiB/m.test(out)).toBe(said.startsWith("mps true"));
  });

  test.each([
    ["--mps=perhaps", "must be true or false"],
    ["--active-thread-percentage=0", "whole number from 1 to 100"],
  ])("refuses %s", async (flag, said) => {
    await using emulator = await makeEmulator();
    const { exitCode, error } = await runCudaprobe(["run", "footprint", flag], { emulator });
    expect(exitCode).toBe(2);
    expect(error).toContain(said);
  });

  test("is left out where there is no MPS, and says where it was looked for", async () => {
    await using emulator = await makeEmulator();
    await using build = await makeBuildWithoutMps();
    const script = `CUDAPROBE_NATIVE_BUILD=${build.path} exec "$@"`;
    const args = ["run", "footprint", "--mps", "--iterations=1"];
    const { exitCode, out } = await runCudaprobe(args, { emulator, script });
    expect(exitCode).toBe(1);
    expect(out).toContain("skipped: mps_control_missing (there is no nvidia-cuda-mps-control in");
  });
});

describe("cudaprobe check", () => {
  test("says of a run under MPS that it would run, and where there is no MPS that it would be left out", async () => {
    await using emulator = await makeEmulator();
    await using build = await makeBuildWithoutMps();
    const file = join(build.path, "cudaprobe.yml");
    await writeFile(file, CONFIG);
    const args = ["check", `--config.file=${file}`];
    const script = `CUDAPROBE_NATIVE_BUILD=${build.path} exec "$@"`;
    const [installed, missing] = [
      await runCudaprobe(args, { emulator }),
      await runCudaprobe(args, { emulator, script }),
    ];
    expect([installed.exitCode, missing.exitCode]).toEqual([0, 0]);
    expect(installed.out).toMatch(/^fp +footprint +0 +1 s +would run$/m);
    expect(missing.out).toMatch(/ would be left out: mps_control_missing: there is no nvidia-cuda/);
  });
});

/** The native programs without those of MPS. */
async function makeBuildWithoutMps(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "cudaprobe-build-"));
  await mkdir(join(path, "emulator"));
  const libraries = ["libcuda.so.1", "libnvidia-ml.so.1", "profiles"];
  const names = ["launcher", "probes", ...libraries.map((name) => `emulator/${name}`)];
  await Promise.all(names.map(async (name) => symlink(nativeFile(name), join(path, name))));
  return { path, [Symbol.asyncDispose]: async () => rm(path, { recursive: true }) };
}

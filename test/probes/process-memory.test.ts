import { describe, expect, it } from "vitest";
import type { Observation } from "../../src/probes/family.ts";
import { processMemory } from "../../src/probes/process-memory.ts";
import type { Sample } from "../../src/protocol/report.ts";
import { memorySamples } from "../support/memory-samples.ts";
import { probeContext } from "../support/probe-context.ts";
import { successfulEnd } from "../support/run-ends.ts";

const CONTAINER = "9c1185a5c5e9fc54612808977ee8f548b2258d31e9b0c5a7d3f1e2d3c4b5a697";
const GPU = { gpu: "0", gpu_uuid: "GPU-a", mig_uuid: "" };
const DEVICE = { gpu: 0, gpuUuid: "GPU-a" };

function observe(samples: readonly Sample[], options = {}): readonly Observation[] {
  const end = successfulEnd({ samples });
  return processMemory.measurement(options).observe({ probe: "memory", end, cacheMiss: false });
}

function processesOf(observations: readonly Observation[]): readonly Observation[] {
  return observations.filter(({ family }) => family === "cudaprobe_gpu_process_memory_bytes");
}

describe("the observations of process_memory", () => {
  it("fill every family, each with the device it is of", () => {
    const observations = observe(memorySamples(DEVICE, [{ pid: 7, bytes: 5e9 }]));
    expect(new Set(observations.map(({ family }) => family))).toEqual(
      new Set(processMemory.families.map(({ name }) => name)),
    );
    for (const { labels } of observations) expect(labels).toMatchObject(GPU);
  });

  it("tell used, reserved and free memory apart", () => {
    const states = observe(memorySamples(DEVICE)).filter(
      ({ family }) => family === "cudaprobe_gpu_memory_bytes",
    );
    expect(states).toEqual([
      { family: states[0]?.family, labels: { ...GPU, state: "used" }, value: 10e9 },
      { family: states[0]?.family, labels: { ...GPU, state: "reserved" }, value: 1e9 },
      { family: states[0]?.family, labels: { ...GPU, state: "free" }, value: 69e9 },
    ]);
  });

  it("say nothing of what the run did not say", () => {
    const unknown = new Set(["memory_reserved_bytes", "unattributed_memory_bytes"]);
    const samples = memorySamples(DEVICE).filter(({ name }) => !unknown.has(name));
    const observations = observe(samples);
    expect(observations.map(({ labels }) => labels["state"])).not.toContain("reserved");
    const families = observations.map(({ family }) => family);
    expect(families).not.toContain("cudaprobe_gpu_unattributed_memory_bytes");
  });

  it("name a process and its owner, and not when it began", () => {
    const owner = {
      container_id: CONTAINER,
      pod_uid: "6f1b3c52-84a1-4e0d-9d6e-2f0c5b7a9e13",
      slurm_job: "",
      systemd_unit: "",
    };
    const process = { pid: 4711, bytes: 5e9, labels: { process_name: "server", ...owner } };
    expect(processesOf(observe(memorySamples(DEVICE, [process])))).toEqual([
      {
        family: "cudaprobe_gpu_process_memory_bytes",
        labels: { ...GPU, pid: "4711", process_name: "server", client: "compute", ...owner },
        value: 5e9,
      },
    ]);
  });

  it("tell an instance of MIG from its GPU", () => {
    const slice = { ...DEVICE, migUuid: "MIG-b" };
    const observations = observe([
      ...memorySamples(DEVICE, [{ pid: 7, bytes: 1 }]),
      ...memorySamples(slice, [{ pid: 7, bytes: 2 }]),
    ]);
    expect(
      processesOf(observations).map(({ labels, value }) => [labels["mig_uuid"], value]),
    ).toEqual([
      ["", 1],
      ["MIG-b", 2],
    ]);
  });
});

describe("process_memory without pid", () => {
  const LIST = [
    { pid: 1, bytes: 10 },
    { pid: 2, bytes: 20 },
    { pid: 3, bytes: 40, labels: { container_id: CONTAINER } },
    { pid: 4, bytes: 80, labels: { client: "mps" } },
  ];

  it("sums over processes that differ in nothing else, and leaves the others apart", () => {
    const processes = processesOf(observe(memorySamples(DEVICE, LIST), { pid: false }));
    expect(processes.map(({ labels }) => labels["pid"])).toEqual(["", "", ""]);
    expect(processes.map(({ value }) => value)).toEqual([30, 40, 80]);
  });

  it("keeps devices apart", () => {
    const samples = [
      ...memorySamples(DEVICE, LIST),
      ...memorySamples({ gpu: 1, gpuUuid: "GPU-b" }, LIST),
    ];
    expect(processesOf(observe(samples, { pid: false }))).toHaveLength(6);
  });

  it("has a series a process otherwise", () => {
    const processes = processesOf(observe(memorySamples(DEVICE, LIST), { pid: true }));
    expect(processes.map(({ labels }) => labels["pid"])).toEqual(["1", "2", "3", "4"]);
  });
});

describe("what `run` shows of process_memory", () => {
  const measurement = processMemory.measurement({});
  const end = successfulEnd({
    samples: memorySamples(DEVICE, [
      { pid: 7, bytes: 2 ** 30, labels: { container_id: CONTAINER, process_name: "a\u001B[2Jb" } },
      { pid: 8, bytes: 2 ** 20, labels: { systemd_unit: "triton.service" } },
    ]),
  });

  it("is a figure for all that is known of a GPU and for each process", () => {
    expect(measurement.figures(end).map(({ name }) => name)).toEqual([
      "GPU 0 total",
      "GPU 0 used",
      "GPU 0 reserved",
      "GPU 0 free",
      "GPU 0 unattributed",
      "GPU 0 own",
      "GPU 0 overflow",
      "GPU 0 processes",
      "GPU 0 process 7",
      "GPU 0 process 8",
    ]);
  });

  it("is a row a GPU and a row a process, with nothing that a terminal would obey", () => {
    const [devices, processes] = measurement.tables?.([end]) ?? [];
    expect(devices?.rows).toEqual([
      ["GPU 0", "74.5 GiB", "9.31 GiB", "954 MiB", "64.3 GiB", "1.86 GiB", "0 B", "2.86 MiB", "2"],
    ]);
    expect(processes?.rows).toEqual([
      ["GPU 0", "7", "a?[2Jb", "compute", `container ${CONTAINER.slice(0, 12)}`, "1 GiB"],
      ["GPU 0", "8", "python3", "compute", "triton.service", "1 MiB"],
    ]);
  });

  it("is of the last run, has no list without processes, and a mark for what is not known", () => {
    const unknown = memorySamples(DEVICE).filter(({ name }) => !name.startsWith("unattributed"));
    const tables = measurement.tables?.([end, successfulEnd({ samples: unknown })]) ?? [];
    expect(tables).toHaveLength(1);
    expect(tables[0]?.rows[0]?.[5]).toBe("?");
  });
});

describe("the argv and the options of process_memory", () => {
  it("are the limit of processes and the library", () => {
    const context = probeContext({ processesPerDevice: 3, libnvidiaMl: "/lib/libnvidia-ml.so.1" });
    const { args, env } = processMemory.measurement({});
    expect(args(context)).toEqual([
      "--processes_per_device=3",
      "--libnvidia_ml=/lib/libnvidia-ml.so.1",
    ]);
    expect(env(context)).toEqual({});
    expect(args(probeContext({ libnvidiaMl: undefined }))).toEqual(["--processes_per_device=64"]);
  });

  it("spare GPUs that sleep unless they are told to wake them", () => {
    expect(processMemory.measurement({}).sleepingSchedule).toBe("*/5 * * * *");
    expect(processMemory.measurement({ wake: true }).sleepingSchedule).toBeUndefined();
  });

  it.each([{ pid: "false", wake: "true" }, { pid: false, wake: true }, {}])(
    "take %j, as a config and a command have it",
    (options) => {
      expect(processMemory.parse(options)).toMatchObject({ ok: true });
    },
  );

  it.each([{ pid: "no" }, { pid: 1 }, { wake: null }, { pids: true }])(
    "refuse %j with what is allowed",
    (options) => {
      expect(processMemory.parse(options)).toMatchObject({ ok: false, error: expect.any(String) });
    },
  );
});

import { describe, expect, it } from "vitest";
import { probeContext } from "../support/probe-context.ts";
import { parse, problems } from "./fixtures.ts";

const PROBE = `
probes:
  - name: start
    kind: cold_start
    schedule: "* * * * *"
`;

describe("parseConfig", () => {
  it("fills in every default", () => {
    const config = parse(PROBE);
    expect(config).toMatchObject({
      file: "cudaprobe.yml",
      text: PROBE,
      gates: {
        minFreeMemoryBytes: 2 ** 30,
        maxGpuUtilization: 0.9,
        minFreeHostMemoryBytes: 2 ** 28,
        maxHostLoad: 32,
        quietHours: [],
      },
      limits: {
        processesPerDevice: 64,
        history: 50,
        laneWaitSeconds: 30,
        dutyCycle: 0.02,
        transferredBytesPerHour: 2 ** 40,
      },
      driver: { libcuda: undefined, refreshSeconds: 15, timeoutSeconds: 30 },
    });
    expect(config.probes).toMatchObject([
      {
        name: "start",
        kind: { name: "cold_start" },
        schedule: "* * * * *",
        jitterSeconds: undefined,
        timeoutSeconds: 30,
        gpus: "all",
        measurement: { cache: "warm" },
      },
    ]);
  });

  it("reads windows of quiet hours and the limits of the host", () => {
    const { gates } = parse(`${PROBE}
gates:
  min_free_host_memory: 2GiB
  max_host_load: 2.5
  quiet_hours:
    - { schedule: "0 22 * * 1-5", duration: 8h }
    - { schedule: "@weekly", duration: 1d12h }
`);
    expect(gates).toMatchObject({
      minFreeHostMemoryBytes: 2 ** 31,
      maxHostLoad: 2.5,
      quietHours: [
        { schedule: "0 22 * * 1-5", durationSeconds: 8 * 3600 },
        { schedule: "@weekly", durationSeconds: 36 * 3600 },
      ],
    });
  });

  it("reads people's units into base units, and a kind's own options", () => {
    const config = parse(`
gates: { min_free_memory: 2GiB, max_gpu_utilization: 0.5 }
limits: { processes_per_device: 8, history: 10, lane_wait: 1m30s, duty_cycle: 5%, transferred_bytes_per_hour: 10GiB }
driver: { libcuda: /opt/lib/libcuda.so.1, libnvidia_ml: libnvidia-ml.so.1, refresh: 5s, timeout: 1m }
probes:
  - { name: start, kind: cold_start, schedule: "*/15 * * * * *", jitter: 500ms, timeout: 1m,
      gpus: [0, GPU-1234], jit_cache: cold, bytes: 4MiB }
  - { name: census, kind: census, schedule: "@hourly", depth: 4 }
`);
    expect(config).toMatchObject({
      gates: { minFreeMemoryBytes: 2 ** 31, maxGpuUtilization: 0.5 },
      limits: {
        processesPerDevice: 8,
        history: 10,
        laneWaitSeconds: 90,
        dutyCycle: 0.05,
        transferredBytesPerHour: 10 * 2 ** 30,
      },
      driver: {
        libcuda: "/opt/lib/libcuda.so.1",
        libnvidiaMl: "libnvidia-ml.so.1",
        refreshSeconds: 5,
        timeoutSeconds: 60,
      },
    });
    const [start, census] = config.probes;
    expect(start).toMatchObject({
      jitterSeconds: 0.5,
      timeoutSeconds: 60,
      gpus: [0, "GPU-1234"],
      measurement: { cache: "cold" },
    });
    expect(census).toMatchObject({ timeoutSeconds: 7, gpus: "all" });
    expect(census?.measurement.args(probeContext())).toEqual(["--depth=4"]);
  });

  it("takes a section whose keys are all commented out, and a list of no probes", () => {
    expect(parse("gates:\n  # min_free_memory: 1GiB\nprobes: []\n")).toMatchObject({
      probes: [],
      gates: { minFreeMemoryBytes: 2 ** 30 },
    });
  });

  it("reports every mistake at once, in the order of the lines", () => {
    expect(
      problems(`limits:
  history: 0
probes:
  - name: Start
    kind: cold_start
    schedule: "61 * * * *"
    gpus: [0, "1", 0]
    bytes: 0B
  - name: start
    kind: cold_strat
    timeout: 30
  - 7
gate:
  min_free_memory: 1GiB
`).map((line) => line.replace(/^(cudaprobe.yml:\S+: [^:]+: .{0,40}).*/, "$1")),
    ).toEqual([
      "cudaprobe.yml:2:3: limits.history: must be at least 1",
      "cudaprobe.yml:4:5: probes[0].name: must be lower-case letters, digits and _",
      "cudaprobe.yml:6:5: probes[0].schedule: 61 is a invalid expression for minute: w",
      'cudaprobe.yml:7:15: probes[0].gpus[1]: "1" is no GPU: write an index without qu',
      "cudaprobe.yml:7:20: probes[0].gpus[2]: 0 is in the list twice",
      "cudaprobe.yml:8:5: probes[0].bytes: must be from 1B to 1GiB",
      "cudaprobe.yml:9:5: probes[1].schedule: is required. When: a cron expression of ",
      'cudaprobe.yml:10:5: probes[1].kind: unknown kind "cold_strat"; did you mean ',
      'cudaprobe.yml:11:5: probes[1].timeout: "30" is not a duration: write numbers wi',
      "cudaprobe.yml:12:5: probes[2]: a probe must be a mapping with name, kin",
      'cudaprobe.yml:13:1: gate: unknown key "gate"; did you mean gates? ',
    ]);
  });

  it("reports the mistakes of one line from left to right", () => {
    const text = 'probes: [{ gpus: 1, kind: cold_start, schedule: "@daily", name: A }]\n';
    expect(problems(text).map((line) => line.split(": ")[1])).toEqual([
      "probes[0].gpus",
      "probes[0].name",
    ]);
  });

  it("lists the keys of every probe and of its kind when one is unknown", () => {
    expect(problems(`${PROBE}    jitcache: cold\n`)).toEqual([
      'cudaprobe.yml:6:5: probes[0].jitcache: unknown key "jitcache"; did you mean jit_cache? allowed: ' +
        "name, kind, schedule, jitter, timeout, gpus, runtime, python, argv, phases, bytes, jit_cache, module_loading, visible_devices, page_cache, concurrency, spread",
    ]);
  });

  it("does not offer gpus to a kind that runs once a host", () => {
    const text = 'probes:\n  - { name: all, kind: census, schedule: "@daily", gpus: all }\n';
    expect(problems(text)).toEqual([expect.stringContaining('unknown key "gpus"')]);
  });

  it("refuses two probes of one name, and says where the first is", () => {
    expect(problems(`${PROBE}${PROBE.replace("\nprobes:\n", "")}`)).toEqual([
      'cudaprobe.yml:6:5: probes[1].name: "start" is the name of probes[0] already: names are unique',
    ]);
  });

  it("refuses two probes of a kind that looks at the whole host, and takes two of another", () => {
    expect(problems(twoOf("census"))).toEqual([
      "cudaprobe.yml:3:16: probes[1].kind: probes[0] looks at the whole host already: one census is enough",
    ]);
    expect(problems(twoOf("cold_start"))).toEqual([]);
    expect(problems(twoOf("nonsense"))).toHaveLength(2);
  });

  it("requires the key probes, and that it is a list", () => {
    expect(problems("limits: {}\n")).toEqual([
      expect.stringMatching(/^cudaprobe.yml:1:1: probes: is required\. What is measured/),
    ]);
    expect(problems("probes:\n")).toEqual([
      expect.stringMatching(/^cudaprobe.yml:1:1: probes: is empty\. What is measured/),
    ]);
    expect(problems("probes: { start: cold_start }\n")).toEqual([
      expect.stringContaining("must be a list"),
    ]);
  });

  it("names the kinds there are when a probe has none", () => {
    expect(problems('probes:\n  - name: start\n    schedule: "@daily"\n')).toEqual([
      "cudaprobe.yml:2:5: probes[0].kind: is required: one of cold_start, census",
    ]);
  });
});

function twoOf(kind: string): string {
  const probes = ["a", "b"].map(
    (name) => `  - { name: ${name}, kind: ${kind}, schedule: "@daily" }\n`,
  );
  return `probes:\n${probes.join("")}`;
}

import { describe, expect, it } from "vitest";
import { problems } from "./fixtures.ts";

const PROBE = `
probes:
  - name: start
    kind: cold_start
    schedule: "* * * * *"
`;

describe("a config's mistakes", () => {
  it.each([
    [
      "a duration without a unit",
      "limits:\n  lane_wait: 30",
      '2:3: limits.lane_wait: "30" is not a duration: write numbers with one of ms, s, m, h, d, such as 30s or 1h30m',
    ],
    [
      "a duration out of range",
      "limits:\n  lane_wait: 2h",
      "2:3: limits.lane_wait: must be from 1s to 1h",
    ],
    [
      "a size without a unit",
      "gates:\n  min_free_memory: 1024",
      '2:3: gates.min_free_memory: "1024" is not a size: write a number and one of B, kB, MB, GB, KiB, MiB, GiB',
    ],
    [
      "a percentage as a bare number",
      "gates:\n  max_gpu_utilization: 80",
      "2:3: gates.max_gpu_utilization: must be from 0% to 100%",
    ],
    [
      "a ratio in words",
      "gates:\n  max_gpu_utilization: most",
      '2:3: gates.max_gpu_utilization: "most" is not a ratio: write a percentage such as 80%, or a number from 0 to 1',
    ],
    [
      "a fraction where a count belongs",
      "limits:\n  history: 1.5",
      "2:3: limits.history: 1.5 is not allowed: must be a whole number, such as 50",
    ],
    [
      "an unknown key far from any other",
      "limits:\n  colour: red",
      '2:3: limits.colour: unknown key "colour"; allowed: processes_per_device, history, lane_wait, duty_cycle, transferred_bytes_per_hour',
    ],
    [
      "a key spelt by another custom",
      "gates:\n  minFreeMemory: 1GiB",
      '2:3: gates.minFreeMemory: unknown key "minFreeMemory"; did you mean min_free_memory? allowed: min_free_memory, max_gpu_utilization, pause_file, min_free_host_memory, max_host_load, quiet_hours',
    ],
    [
      "a load in words",
      "gates:\n  max_host_load: much",
      "2:3: gates.max_host_load: much is not allowed: must be a number, such as 32",
    ],
    [
      "a load that every host has",
      "gates:\n  max_host_load: 0",
      "2:3: gates.max_host_load: must be at least 0.1",
    ],
    [
      "quiet hours that are no list",
      "gates:\n  quiet_hours: nightly",
      "2:3: gates.quiet_hours: nightly is not allowed: must be a list, such as []",
    ],
    [
      "a window of quiet hours in words",
      "gates:\n  quiet_hours: [nightly]",
      "2:17: gates.quiet_hours[0]: nightly is not allowed: must be a mapping of schedule, duration",
    ],
    [
      "a window without an end",
      'gates:\n  quiet_hours:\n    - { schedule: "0 22 * * *" }',
      "3:7: gates.quiet_hours[0].duration: is required. How long it stays open.",
    ],
    [
      "a window that is longer than a week",
      'gates:\n  quiet_hours:\n    - { schedule: "0 22 * * *", duration: 8d }',
      "3:33: gates.quiet_hours[0].duration: must be from 1m to 7d",
    ],
    [
      "a window at an hour that no day has",
      'gates:\n  quiet_hours:\n    - { schedule: "0 25 * * *", duration: 8h }',
      '3:9: gates.quiet_hours[0].schedule: 25 is a invalid expression for hour: write five fields (minute hour day-of-month month day-of-week), or six with seconds in front, such as "*/5 * * * *"',
    ],
    [
      "an unknown key of a window",
      'gates:\n  quiet_hours:\n    - { schedule: "0 22 * * *", duration: 8h, zone: UTC }',
      '3:47: gates.quiet_hours[0].zone: unknown key "zone"; allowed: schedule, duration',
    ],
    [
      "a relative path",
      "driver:\n  libcuda: lib/libcuda.so.1",
      "2:3: driver.libcuda: must be an absolute path, or a file name that the dynamic loader finds",
    ],
    [
      "a section that is no mapping",
      "driver: libcuda.so.1",
      "1:1: driver: libcuda.so.1 is not allowed: must be a mapping of libcuda, libnvidia_ml, refresh, timeout",
    ],
  ])("refuses %s", (_, text, expected) => {
    expect(problems(`${text}\nprobes: []\n`)).toEqual([`cudaprobe.yml:${expected}`]);
  });

  it.each([
    ["an option of another spelling", "jit_cache: hot", 'unknown value "hot"; allowed: warm, cold'],
    ["an option close to one there is", "jit_cache: wram", "did you mean warm?"],
    ["a plain number for a size", "bytes: 64", "is not a size: write a number and one of B, kB"],
    ["an empty value", "jitter:", "is empty. Each host and GPU"],
    [
      "an empty list of GPUs",
      "gpus: []",
      "must be all, or a list of indices (0) and UUIDs (GPU-…)",
    ],
    ["one index without a list", "gpus: 0", "must be all, or a list"],
    ["a negative index", "gpus: [-1]", "-1 is no GPU"],
  ])("refuses %s in a probe", (_, option, expected) => {
    const key = option.replace(/:.*/, "");
    const found = problems(`${PROBE}    ${option}\n`);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`: probes[0].${key}`);
    expect(found[0]).toContain(expected);
    expect(found[0]).toMatch(/^cudaprobe.yml:6:/);
  });
});

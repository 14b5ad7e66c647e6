import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { readHostState, type HostState } from "../../src/devices/host-state.ts";
import { readHost } from "../support/host-files.ts";

const GIB = 2 ** 30;
const MEMORY = { "proc/meminfo": `MemTotal:  100 kB\nMemAvailable:   ${4 * 2 ** 20} kB\n` };
const GROUP = "sys/fs/cgroup/system.slice/cudaprobe.service";

/** The state of a host with these files. */
async function stateOf(files: Readonly<Record<string, string>>): Promise<HostState> {
  return readHost(readHostState, files);
}

/** A control group's files: its limit, what it holds, and how much of that are pages of files. */
function group(path: string, [max, current, cache]: readonly (number | string)[]) {
  return {
    [`${path}/memory.max`]: `${String(max)}\n`,
    [`${path}/memory.current`]: `${String(current)}\n`,
    [`${path}/memory.stat`]: `anon 1\ninactive_file ${String(cache)}\nactive_file 0\n`,
  };
}

const IN_SERVICE = { "proc/self/cgroup": "0::/system.slice/cudaprobe.service\n" };

describe("the state of the host", () => {
  it("has the memory that the kernel calls available", async () => {
    expect(await stateOf(MEMORY)).toMatchObject({
      memoryAvailableBytes: 4 * GIB,
      memoryOf: "host",
    });
  });

  it.each([
    ["0-3", 2],
    ["0", 8],
    ["0-1,4,6-10", 1],
  ])("has the load for each CPU that is online: %s", async (online, loadPerCpu) => {
    const files = {
      "proc/loadavg": "8.00 1.00 0.50 1/200 4242\n",
      "sys/devices/system/cpu/online": `${online}\n`,
    };
    expect(await stateOf(files)).toMatchObject({ loadPerCpu });
  });

  it("is undefined where the host does not tell", async () => {
    expect(await stateOf({})).toEqual({
      memoryAvailableBytes: undefined,
      memoryOf: "host",
      loadPerCpu: undefined,
    });
    expect(await stateOf({ "proc/loadavg": "8.00 1 1 1/2 3\n" })).toMatchObject({
      loadPerCpu: undefined,
    });
  });

  it("has what is left under a control group's limit, where that is less", async () => {
    const files = { ...MEMORY, ...IN_SERVICE, ...group(GROUP, [2 * GIB, GIB, 0]) };
    expect(await stateOf(files)).toMatchObject({
      memoryAvailableBytes: GIB,
      memoryOf: "control group",
    });
  });

  it("counts a control group's page cache as left", async () => {
    const files = { ...MEMORY, ...IN_SERVICE, ...group(GROUP, [2 * GIB, 2 * GIB, GIB / 2]) };
    expect(await stateOf(files)).toMatchObject({ memoryAvailableBytes: GIB / 2 });
  });

  it("has the tightest limit of all the groups that it is in", async () => {
    const files = {
      ...MEMORY,
      ...IN_SERVICE,
      ...group(GROUP, ["max", GIB, 0]),
      ...group(dirname(GROUP), [3 * GIB, GIB, 0]),
    };
    expect(await stateOf(files)).toMatchObject({ memoryAvailableBytes: 2 * GIB });
  });

  it("has the container's limit in a cgroup namespace of its own", async () => {
    const files = {
      ...MEMORY,
      "proc/self/cgroup": "0::/\n",
      ...group("sys/fs/cgroup", [GIB, GIB / 4, 0]),
    };
    expect(await stateOf(files)).toMatchObject({ memoryAvailableBytes: 0.75 * GIB });
  });

  it("has the host's memory where groups have no limit, or are of version 1", async () => {
    const unlimited = { ...MEMORY, ...IN_SERVICE, ...group(GROUP, ["max", GIB, 0]) };
    const old = { ...MEMORY, "proc/self/cgroup": "9:memory:/system.slice\n" };
    for (const files of [unlimited, old]) {
      expect(await stateOf(files)).toMatchObject({
        memoryAvailableBytes: 4 * GIB,
        memoryOf: "host",
      });
    }
  });

  it("is told by this host", async () => {
    const state = readHostState("/");
    expect(state.memoryAvailableBytes).toBeGreaterThan(0);
    expect(state.loadPerCpu).toBeGreaterThanOrEqual(0);
  });
});

import { describe, expect, it } from "vitest";
import { formatColumns } from "../../src/commands/format-table.ts";
import { formatSeries } from "../../src/commands/run-formats.ts";
import { makeSeriesResult, makeTables } from "../../src/commands/run-result.ts";
import type { Target } from "../../src/config/config.ts";
import type { RunRecord } from "../../src/history/record.ts";
import { coldStart } from "../../src/probes/cold-start.ts";
import type { RunEnd } from "../../src/runner/run.ts";
import { HOST_FACTS } from "../support/host-facts.ts";
import { failedEnd, phase, successfulEnd } from "../support/run-ends.ts";

const target: Target = {
  id: "run@GPU-1",
  probe: {
    name: "run",
    kind: coldStart,
    measurement: coldStart.measurement({}),
    schedule: "",
    jitterSeconds: undefined,
    timeoutSeconds: 30,
    gpus: "all",
    settings: "",
  },
  device: { gpu: 0, gpuUuid: "GPU-1", migUuid: "", name: "NVIDIA H100" },
};

function ran(end: RunEnd, cacheMiss = false): RunRecord {
  const circumstances = {
    otherProcesses: 0,
    utilizationRatio: 0,
    cacheMiss,
    laneWaitSeconds: 0,
  };
  return { type: "run", target, atSeconds: 1000, end, circumstances };
}

function took(seconds: number): RunEnd {
  return successfulEnd({
    phases: [phase("spawn", 100, 100.002), phase("first_kernel", 100.002, 100 + seconds)],
  });
}

const oom = failedEnd({ reason: "oom", phase: "context", code: "CUDA_ERROR_OUT_OF_MEMORY" });
const records = [ran(took(5), true), ran(took(0.2)), ran(took(0.4)), ran(oom)];
const result = makeSeriesResult(target, records, { listing: undefined, host: HOST_FACTS });

describe("a series as a table", () => {
  const table = formatSeries(result, "table");

  it("has a row a figure and the experiments' statistics as columns", () => {
    expect(table).toMatch(/^ +median +average +min +max +p95 +left out$/m);
    expect(table).toMatch(/^time to first result +300 ms +300 ms +200 ms +400 ms +390 ms +0$/m);
  });

  it("counts what failed, and says where and with which code", () => {
    expect(table).toContain("3 of 4 runs succeeded");
    expect(table).toContain("failure in context: oom (CUDA_ERROR_OUT_OF_MEMORY)");
  });

  it("keeps a run that compiled out of the statistics, and says so", () => {
    expect(table).toContain("1 compiled the kernel");
    expect(table).not.toContain("5 s");
  });

  it("has no table when nothing was measured", () => {
    const nothing = makeSeriesResult(target, [ran(oom)], { listing: undefined, host: HOST_FACTS });
    expect(formatSeries(nothing, "table")).not.toContain("median");
  });
});

describe("the heading of a series", () => {
  it("has no colon after a kind without options", () => {
    expect(formatSeries({ ...result, options: {} }, "table")).toMatch(/^cold_start\n/);
    expect(formatSeries(result, "table")).toMatch(/^cold_start: runtime driver, /);
  });
});

describe("a kind's own tables", () => {
  const own = {
    title: "Two rows",
    header: ["what", "how much"],
    rows: [
      ["this", "1 MiB"],
      ["something else", "20 MiB"],
    ],
  };
  const printed =
    "\nTwo rows\nwhat            how much\nthis               1 MiB\nsomething else    20 MiB\n";

  it("come after the statistics of several runs", () => {
    const table = formatSeries(result, "table", [own]);
    expect(table).toMatch(/^time to first result /m);
    expect(table.endsWith(printed)).toBe(true);
  });

  it("take the place of the statistics of a single run", () => {
    const single = makeSeriesResult(target, [ran(took(0.2))], {
      listing: undefined,
      host: HOST_FACTS,
    });
    const table = formatSeries(single, "table", [own]);
    expect(table).not.toContain("median");
    expect(table.endsWith(printed)).toBe(true);
  });

  it("have as many columns of words as they say", () => {
    const table = formatSeries(result, "table", [{ ...own, wordColumns: 2 }]);
    expect(table).toContain("\nthis            1 MiB\nsomething else  20 MiB\n");
  });

  it("are made of the runs that succeeded, and not at all when none did", () => {
    const counting: Target = {
      ...target,
      probe: {
        ...target.probe,
        measurement: {
          ...target.probe.measurement,
          tables: (ends) => [{ header: ["runs"], rows: [[String(ends.length)]] }],
        },
      },
    };
    expect(makeTables(counting, records)).toEqual([{ header: ["runs"], rows: [["3"]] }]);
    expect(makeTables(counting, [ran(oom)])).toEqual([]);
    expect(makeTables(target, records)).toEqual([]);
  });

  it("are in neither JSON nor CSV", () => {
    for (const format of ["json", "csv"] as const) {
      expect(formatSeries(result, format, [own])).toBe(formatSeries(result, format));
    }
  });
});

describe("a series as CSV", () => {
  it("has a row a run in base units, and empty cells where nothing was measured", () => {
    const lines = formatSeries(result, "csv").trimEnd().split("\n");
    expect(lines[0]).toBe(
      "at_seconds,outcome,reason,phase,cache_miss,spawn_seconds,first_kernel_seconds,unattributed_seconds,time_to_first_result_seconds",
    );
    expect(lines).toHaveLength(5);
    expect(lines[1]).toMatch(/^1000,success,,,1,0\.00\d+,/);
    expect(lines[4]).toBe("1000,failure,oom,context,0,,,,");
  });
});

describe("a series as JSON", () => {
  it("names its schema and has every run and the summary", () => {
    expect(JSON.parse(formatSeries(result, "json"))).toMatchObject({
      schema: "cudaprobe-run/1",
      kind: "cold_start",
      iterations: [{ cacheMiss: true }, {}, {}, { outcome: "failure", code: oom.code }],
      summary: [{ name: "spawn", unit: "seconds", count: 2 }, {}, {}, {}],
    });
  });
});

describe("formatColumns", () => {
  it("sets words flush left and values flush right", () => {
    const rows = [
      ["name", "size"],
      ["a", "1"],
      ["longer", "10"],
    ];
    expect(formatColumns(rows, 1)).toBe("name    size\na          1\nlonger    10\n");
  });
});

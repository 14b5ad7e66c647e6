import { describe, expect, it } from "vitest";
import { coldStart } from "../../src/probes/cold-start.ts";
import { phase, successfulEnd } from "../support/run-ends.ts";

function start(contextEnd: number) {
  return successfulEnd({
    phases: [
      phase("init", 100, 100.1),
      phase("context", 100.2, contextEnd),
      phase("allocate", 101, 101.001),
    ],
  });
}

const tables = coldStart.measurement({}).tables;

describe("the tables of a cold start", () => {
  it("have the names and the statistics of the time experiment", () => {
    const [table, ...others] = tables?.([start(100.3), start(100.4), start(100.5)]) ?? [];
    expect(others).toEqual([]);
    expect(table?.header.slice(2)).toEqual(["Median", "Average", "Min", "Max"]);
    expect(table?.rows).toEqual([
      ["Context Initialization Time", "init to context", "400 ms", "400 ms", "300 ms", "500 ms"],
      ["Tensor1 Allocation Time", "allocate", "1 ms", "1 ms", "1 ms", "1 ms"],
    ]);
  });

  it("stand beside the statistics, which say more", () => {
    expect(tables?.([start(100.3)])[0]?.isBeside).toBe(true);
  });

  it("have the time of loading a model where a runtime has one", () => {
    const end = successfulEnd({ phases: [phase("load_model", 100, 102)] });
    expect(tables?.([end])[0]?.rows).toEqual([
      ["Model Load Time", "load_model", "2 s", "2 s", "2 s", "2 s"],
    ]);
  });

  it("are none where no phase is that of the experiment", () => {
    expect(tables?.([successfulEnd({ phases: [phase("spawn", 100, 101)] })])).toEqual([]);
  });
});

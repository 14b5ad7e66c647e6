import { describe, expect, it } from "vitest";
import { coldStart } from "../../src/probes/cold-start.ts";
import type { InstanceReport } from "../../src/protocol/report.ts";
import { phase, successfulEnd } from "../support/run-ends.ts";

/** An instance that was released at second 100, how long it took, and for how much of that it worked. */
function worked(seconds: number, cpuSeconds: number): InstanceReport {
  return {
    instance: 0,
    spawnedAtSeconds: 99,
    releasedAtSeconds: 100,
    phases: [{ ...phase("first_inference", 100, 100 + seconds), cpuSeconds }],
    samples: [],
  };
}

function mistakes(options: object): readonly string[] {
  return coldStart.findMistakes(options).map(({ key }) => key);
}

describe("several at once of another runtime than the driver", () => {
  it("tell of the work of the slowest, whose phases are told", () => {
    const torch = coldStart.measurement({ runtime: "torch", concurrency: 2 });
    const instances = [worked(1, 0.25), worked(3, 2)];
    const figures = torch.figures({ ...successfulEnd({}), report: { instances } });
    const named = Object.fromEntries(figures.map(({ name, value }) => [name, value]));
    expect(named).toMatchObject({
      first_inference: 3,
      "first_inference cpu": 2,
      "first_inference blocked": 1,
    });
  });

  it("have no floor, since only the driver's program goes without it", () => {
    const torch = coldStart.measurement({ runtime: "torch", concurrency: 2 });
    const roles = torch.starts?.map(({ role }) => role);
    expect(roles).toEqual(["single", "single", "single", "measured"]);
    expect(torch.phases).toEqual(expect.arrayContaining(["import", "first_inference"]));
    expect(torch.phases).not.toContain("spawn");
  });

  it("are refused on all GPUs, from a cold page cache, and of a program of the user's", () => {
    expect(mistakes({ runtime: "torch", spread: "all_gpus" })).toEqual(["spread"]);
    expect(mistakes({ runtime: "jax", page_cache: "cold" })).toEqual(["page_cache"]);
    const command = { runtime: "command", argv: ["/bin/true"], phases: ["work"] };
    expect(mistakes({ ...command, concurrency: 2 })).toEqual(["concurrency"]);
    expect(mistakes({ ...command, concurrency: 1 })).toEqual([]);
    expect(mistakes({ spread: "all_gpus", page_cache: "cold", concurrency: 2 })).toEqual([]);
  });
});

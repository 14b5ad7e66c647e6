import { describe, expect, it } from "vitest";
import { factsList } from "../../src/commands/report-facts.ts";
import { formatSeries } from "../../src/commands/run-formats.ts";
import { makeSeriesResult, type SeriesResult } from "../../src/commands/run-result.ts";
import { density } from "../../src/probes/density.ts";
import { processMemory } from "../../src/probes/process-memory.ts";
import type { Kind } from "../../src/probes/kind.ts";
import type { Sample } from "../../src/protocol/report.ts";
import { coldStart } from "../../src/probes/cold-start.ts";
import { makeInstance, makeRun, makeTarget } from "../metrics/records.ts";
import { HOST_FACTS } from "../support/host-facts.ts";
import { createClock } from "../support/still-clock.ts";

type Options = Readonly<Record<string, string>>;

const clock = createClock();

/** The result of a run that failed and one that succeeded and gave these samples. */
function resultOf(
  options: Options,
  { kind = coldStart, samples = [] }: { kind?: Kind; samples?: readonly Sample[] } = {},
): SeriesResult {
  const target = makeTarget(0, { kind, options });
  const instances = [{ ...makeInstance(100), samples }];
  const records = [
    makeRun(target, clock, { outcome: "failure", reason: "oom" }),
    makeRun(target, clock, { report: { instances } }),
  ];
  return makeSeriesResult(target, records, { listing: undefined, host: HOST_FACTS });
}

function factsOf(result: SeriesResult): string {
  const origin = { command: "", version: "", nodeVersion: "", hostname: "", atSeconds: 0 };
  return factsList({ result, origin, tables: [], charts: [], cutShort: undefined }).html;
}

const labels = { version: "2.9.0", python: "3.11.2" };
const samples = [{ name: "framework_version", value: 1, labels }];
const torch = resultOf({ runtime: "torch", python: "/x/python" }, { samples });
const driver = resultOf({ bytes: "4KiB" });

describe("the details of a result", () => {
  it("are the options that its runtime heeds and that are no labels", () => {
    expect(driver.details).toEqual({ bytes: "4096" });
    expect(torch.details).toEqual({ python: "/x/python" });
    const command = { runtime: "command", argv: "/x/start --now", phases: "load,answer" };
    expect(resultOf(command).details).toEqual({ argv: "/x/start --now", phases: "load,answer" });
    expect(resultOf({ max_instances: "3" }, { kind: density }).details).toEqual({
      bytes: "2097152",
      max_instances: "3",
    });
  });

  it("are left out of kinds that have none, and are no labels", () => {
    expect(resultOf({}, { kind: processMemory })).not.toHaveProperty("details");
    expect(driver.options).not.toHaveProperty("bytes");
  });

  it("are among the facts of a page", () => {
    expect(factsOf(torch)).toContain("python /x/python");
    expect(factsOf(driver)).toContain("bytes 4096");
  });
});

describe("the framework of a result", () => {
  it("is what a run that succeeded said it had, in JSON and on a page", () => {
    expect(JSON.parse(formatSeries(torch, "json"))).toMatchObject({ framework: labels });
    expect(factsOf(torch)).toContain("2.9.0, with Python 3.11.2");
  });

  it("is left out where none is started", () => {
    expect(driver).not.toHaveProperty("framework");
    expect(factsOf(driver)).not.toContain("Framework");
  });
});

import { describe, expect, it } from "vitest";
import { chooseCounterpart, judgeCounterpart } from "../../src/commands/run-counterpart.ts";
import { formatSeries } from "../../src/commands/run-formats.ts";
import { makeSeriesResult, makeTables } from "../../src/commands/run-result.ts";
import { coldStart } from "../../src/probes/cold-start.ts";
import { cudaIpc } from "../../src/probes/cuda-ipc.ts";
import { functionIpc } from "../../src/probes/function-ipc.ts";
import { makeRun, makeSkip, makeTarget } from "../metrics/records.ts";
import { cudaIpcSamples, functionIpcSamples } from "../support/ipc-samples.ts";
import { failedEnd, successfulEnd } from "../support/run-ends.ts";
import { createClock } from "../support/still-clock.ts";

const KINDS = [coldStart, functionIpc, cudaIpc];
const clock = createClock();
const target = makeTarget(0, { kind: functionIpc });
const other = makeTarget(0, { kind: cudaIpc });
const records = [makeRun(target, clock, successfulEnd({ samples: functionIpcSamples() }))];

const denied = failedEnd({
  reason: "ipc_denied",
  phase: "open",
  code: "CUDA_ERROR_INVALID_CONTEXT",
});

describe("the counterpart of a choice", () => {
  const options = { sizes: "4KiB", samples: "20", mechanism: "tcp", memory: "pageable" };

  it("is the kind that it is read against, on the same GPU, with the options that have to be alike", () => {
    expect(chooseCounterpart({ kind: functionIpc, options, gpu: "1" }, KINDS)).toEqual({
      kind: cudaIpc,
      options: { sizes: "4KiB", samples: "20" },
      gpu: "1",
    });
    const back = chooseCounterpart({ kind: cudaIpc, options: {}, gpu: undefined }, KINDS);
    expect(back).toEqual({ kind: functionIpc, options: {}, gpu: undefined });
  });

  it("takes the options that it is given", () => {
    const chosen = chooseCounterpart({ kind: cudaIpc, options, gpu: undefined }, KINDS);
    expect(functionIpc.parse(chosen?.options)).toMatchObject({ ok: true });
  });

  it("is none of a kind that is read by itself, or whose counterpart there is not", () => {
    expect(chooseCounterpart({ kind: coldStart, options: {}, gpu: "0" }, KINDS)).toBeUndefined();
    const alone = { kind: functionIpc, options, gpu: "0" };
    expect(chooseCounterpart(alone, [coldStart, functionIpc])).toBeUndefined();
  });
});

describe("a counterpart's runs", () => {
  it("are those that succeeded", () => {
    const end = successfulEnd({ samples: cudaIpcSamples() });
    const runs = [makeRun(other, clock, denied), makeRun(other, clock, end)];
    expect(judgeCounterpart(other, runs)).toMatchObject({
      ok: true,
      value: [{ report: end.report }],
    });
  });

  it("are, when none did, why the last one did not", () => {
    expect(
      judgeCounterpart(other, [makeSkip(other, clock), makeRun(other, clock, denied)]),
    ).toEqual({
      ok: false,
      error: "cuda_ipc: failure in open: ipc_denied (CUDA_ERROR_INVALID_CONTEXT)",
    });
    expect(judgeCounterpart(other, [makeSkip(other, clock)])).toEqual({
      ok: false,
      error: "cuda_ipc: skipped: memory_floor (1 GiB is free, under the floor of 2 GiB)",
    });
    expect(judgeCounterpart(other, [])).toMatchObject({ error: "cuda_ipc: no run was made" });
  });
});

describe("the table of a series with a counterpart", () => {
  const host = {
    distribution: "Debian",
    distributionVersion: "12",
    kernel: "6",
    architecture: "x64",
    cpuModel: "a processor",
    virtualization: "none",
  };
  const print = (counterpart?: ReturnType<typeof judgeCounterpart>) =>
    formatSeries(
      makeSeriesResult(target, records, { listing: undefined, host }),
      "table",
      makeTables(target, records, counterpart),
    );

  it("has the sizes, and from which of them on the counterpart is faster", () => {
    const end = successfulEnd({ samples: cudaIpcSamples() });
    const text = print(judgeCounterpart(other, [makeRun(other, clock, end)]));
    expect(text).toMatch(/^function_ipc: mechanism shm, memory pinned, samples 5\n/);
    expect(text).toMatch(/^size +device to host +transport +host to device +end to end$/m);
    expect(text).toMatch(/^64 MiB +1350 +6713 +1350 +9413$/m);
    expect(text).toMatch(/^first use +\d+ KiB$/m);
    expect(text).toMatch(/^reuse +always \(of 4 KiB to 64 MiB\)$/m);
  });

  it("says in place of that why the counterpart has no figures, and keeps its own", () => {
    const text = print(judgeCounterpart(other, [makeRun(other, clock, denied)]));
    expect(text).toContain("1 of 1 runs succeeded\n");
    expect(text).toMatch(/^64 MiB +1350 /m);
    expect(text).toMatch(/^first use +not known: cuda_ipc: failure in open: ipc_denied/m);
  });

  it("has nothing of that where no counterpart was run", () => {
    expect(print()).not.toContain("is faster than");
  });
});

import { describe, expect, it } from "vitest";
import { fail, ok } from "../../src/base/result.ts";
import { breakEvenTable, findBreakEven } from "../../src/probes/break-even.ts";
import { cudaIpcSamples, functionIpcSamples, SIZES } from "../support/ipc-samples.ts";
import { successfulEnd } from "../support/run-ends.ts";

const KIB = 2 ** 10;

function gains(...seconds: readonly number[]) {
  return seconds.map((gain, index) => ({ sizeBytes: KIB * 4 ** index, seconds: gain }));
}

describe("the break-even size", () => {
  it("is between the sizes around it, linear in the logarithm", () => {
    expect(findBreakEven(gains(-1, 1))).toBeCloseTo(2 * KIB, 6);
    expect(findBreakEven(gains(-3, -1, 3, 9))).toBeCloseTo(4 * KIB * 4 ** 0.25, 6);
  });

  it("does not depend on the order of the sizes", () => {
    expect(findBreakEven(gains(-3, -1, 3).toReversed())).toBe(findBreakEven(gains(-3, -1, 3)));
  });

  it("is the last one, where one way is faster and slower by turns", () => {
    expect(findBreakEven(gains(1, -1, 1))).toBeGreaterThan(4 * KIB);
  });

  it("is a measured size where both are alike there", () => {
    expect(findBreakEven(gains(-1, 0, 1))).toBe(4 * KIB);
  });

  it.each([
    [[1, 2, 3], "always"],
    [[5], "always"],
    [[-1, -2], "never"],
    [[1, 2, -1], "never"],
    [[0], "never"],
    [[], undefined],
  ] as const)("of the gains %j is %s", (seconds, expected) => {
    expect(findBreakEven(gains(...seconds))).toBe(expected);
  });
});

describe("the table of the break-even", () => {
  const functionIpc = ok([successfulEnd({ samples: functionIpcSamples() })]);
  const cudaIpc = ok([successfulEnd({ samples: cudaIpcSamples() })]);

  it("has the size for a first use and for a reuse", () => {
    expect(breakEvenTable({ functionIpc, cudaIpc }).rows).toEqual([
      ["first use", expect.stringMatching(/^\d+ KiB$/)],
      ["reuse", "always (of 4 KiB to 64 MiB)"],
    ]);
  });

  it("says which sizes it knows of when CUDA IPC is never faster there", () => {
    const small = ok([successfulEnd({ samples: functionIpcSamples({ sizes: [4096, 65536] }) })]);
    expect(breakEvenTable({ functionIpc: small, cudaIpc }).rows[0]).toEqual([
      "first use",
      "never (of 4 KiB to 64 KiB)",
    ]);
  });

  it("does not compare what other GPUs took", () => {
    const peer = cudaIpcSamples({ peerGpuUuid: "GPU-b", sizes: SIZES });
    expect(
      breakEvenTable({ functionIpc, cudaIpc: ok([successfulEnd({ samples: peer })]) }),
    ).toEqual(
      expect.objectContaining({
        rows: [
          ["first use", "not known: no size was measured of both"],
          ["reuse", "not known: no size was measured of both"],
        ],
      }),
    );
  });

  it("says why it is not known where one kind has no figures", () => {
    const why = "cuda_ipc: failure in open: ipc_denied";
    const expected = [
      ["first use", `not known: ${why}`],
      ["reuse", `not known: ${why}`],
    ];
    expect(breakEvenTable({ functionIpc, cudaIpc: fail(why) }).rows).toEqual(expected);
    expect(breakEvenTable({ functionIpc: fail(why), cudaIpc }).rows).toEqual(expected);
  });
});

import { describe, expect, test } from "vitest";
import { makeRun } from "../support/runs.ts";

const MIB = 1024 * 1024;

describe("output over the limit", () => {
  test("ends the run at once, however much of it is of the protocol", async () => {
    const end = await makeRun("sample-for-ever.mjs", { maxOutputBytes: 100_000 });
    expect(end).toMatchObject({
      outcome: "bad_output",
      message: "more than 100000 bytes of output",
    });
    const samples = end.report.instances[0]?.samples ?? [];
    expect(samples.length).toBeGreaterThan(500);
    expect(samples.length).toBeLessThan(100_000 / 50);
  });

  test("is 1 MiB unless something else is said", async () => {
    expect(await makeRun("sample-for-ever.mjs")).toMatchObject({
      message: `more than ${MIB} bytes of output`,
    });
  });

  test("a run under it is none the worse", async () => {
    expect(await makeRun("succeed.mjs", { maxOutputBytes: 4 * MIB })).toMatchObject({
      outcome: "success",
    });
  });
});

describe("output that is thrown away", () => {
  test.each([
    ["print-10-mib-of-text.sh", /^line \d: it is no JSON object: "all work and no play"$/],
    // The launcher's first line, which ends with a newline, may come into the middle of it.
    [
      "print-10-mib-in-a-line.sh",
      /^a line of more than 65536 bytes$|^line \d: it is no JSON object: "x+…"$/,
    ],
  ])("is read to its end, so that nobody is blocked: %s", async (probe, message) => {
    const end = await makeRun(probe);
    expect(end).toMatchObject({ outcome: "bad_output", stderr: "all of it was written\n" });
    expect(end.message).toMatch(message);
  });
});

describe("the transcript", () => {
  test("has the lines of the run as they were", async () => {
    const { transcript } = await makeRun("succeed-at-once.sh");
    const lines = transcript.map((line): unknown => JSON.parse(line));
    expect(lines).toHaveLength(4);
    // The launcher's first line may come after the probe's.
    expect(lines.slice(0, 3)).toEqual(
      expect.arrayContaining(["spawned", "hello", "result"].map(ofType)),
    );
    expect(lines[3]).toEqual(ofType("reaped"));
  });

  test("has what is not of the protocol too, and no more than the last 200 lines", async () => {
    const end = await makeRun("print-10-mib-of-text.sh");
    expect(end.transcript).toHaveLength(200);
    expect(end.transcript.every((line) => line === "all work and no play")).toBe(true);
  });
});

describe("standard error", () => {
  test("is kept to its last 4 KiB", async () => {
    const { outcome, stderr } = await makeRun("print-to-stderr.sh");
    expect(outcome).toBe("success");
    expect(stderr).toBe(`${"x".repeat(4096 - 14)}the end of it\n`);
  });

  test("is empty when there was nothing to say", async () => {
    expect(await makeRun("succeed.mjs")).toMatchObject({ stderr: "" });
  });
});

function ofType(type: string): unknown {
  return expect.objectContaining({ type });
}

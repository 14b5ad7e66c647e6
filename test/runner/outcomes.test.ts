import { describe, expect, test } from "vitest";
import { makeRun } from "../support/runs.ts";

describe("a run that ends by itself", () => {
  test("is a success when the probe says so, and has its report", async () => {
    const end = await makeRun("succeed.mjs", { args: ["--bytes=1", "two words; $(none)"] });
    expect(end).toMatchObject({
      outcome: "success",
      report: {
        instances: [
          {
            instance: 0,
            build: "test",
            phases: [{ phase: "spawn" }, { phase: "init" }, { phase: "exit" }],
            samples: [{ name: "arguments", value: 2, labels: {} }],
            result: { outcome: "success" },
            reaped: { exitCode: 0 },
          },
        ],
      },
    });
    expect(Object.keys(end)).toEqual([
      "outcome",
      "report",
      "startedAtSeconds",
      "endedAtSeconds",
      "transcript",
      "stderr",
    ]);
  });

  test("has all its stamps on one clock, in their order", async () => {
    const { startedAtSeconds, endedAtSeconds, report } = await makeRun("succeed.mjs");
    const [instance] = report.instances;
    const stamps = [
      startedAtSeconds,
      ...(instance?.phases ?? []).flatMap((phase) => [phase.beganAtSeconds, phase.endedAtSeconds]),
      endedAtSeconds,
    ];
    expect(stamps).toHaveLength(8);
    expect(stamps).toEqual(stamps.toSorted((one, other) => one - other));
  });

  test("is the failure that the probe reports", async () => {
    expect(await makeRun("fail.mjs")).toMatchObject({
      outcome: "failure",
      reason: "oom",
      phase: "allocate",
      code: "CUDA_ERROR_OUT_OF_MEMORY",
      message: "no room",
    });
  });

  test("is the skip that the probe reports", async () => {
    const end = await makeRun("skip.mjs");
    expect(end).toMatchObject({ outcome: "skipped", reason: "compute_mode" });
    expect(end).not.toHaveProperty("phase");
  });

  test("crashed when a signal ended it, in the phase that had begun", async () => {
    expect(await makeRun("crash-in-context.mjs")).toMatchObject({
      outcome: "crashed",
      reason: "crashed",
      phase: "context",
      message: "ended by SIGSEGV",
    });
  });

  test("crashed in exit when that came after its result", async () => {
    expect(await makeRun("crash-after-result.mjs")).toMatchObject({
      outcome: "crashed",
      phase: "exit",
      message: "ended by SIGABRT",
    });
  });

  test("is not started when there is no such program, and says so", async () => {
    const end = await makeRun("no-such-probe");
    expect(end).toMatchObject({ outcome: "not_started", reason: "not_started" });
    expect(end.message).toMatch(/no-such-probe: No such file or directory$/);
    expect(end.report.instances).toEqual([]);
  });
});

describe("a run that does not keep to the protocol", () => {
  test.each([
    ["print-half-a-line.sh", /^line \d: it is no JSON/, "spawn"],
    ["give-two-results.mjs", /^line \d: a second result$/, "exit"],
    ["give-no-result.mjs", /^exit code 3 without a result$/, undefined],
    ["speak-of-version-2.mjs", /^line \d: this program speaks version 1 at protocol/, "spawn"],
    ["print-garbage.sh", /^line \d: it is no JSON object: "Loading the model\.\.\."$/, "spawn"],
  ])("%s is bad output", async (probe, message, phase) => {
    const end = await makeRun(probe);
    expect(end).toMatchObject({ outcome: "bad_output", reason: "bad_output" });
    expect(end.message).toMatch(message);
    expect(end.phase).toBe(phase);
  });

  test("is ended at once, long before its deadline", async () => {
    const { startedAtSeconds, endedAtSeconds, report } = await makeRun("print-garbage.sh");
    expect(endedAtSeconds - startedAtSeconds).toBeLessThan(5);
    expect(report.instances[0]?.reaped).toMatchObject({ signal: 15 });
  });
});

describe("what surrounds a probe", () => {
  test("is the environment of the request and no other", async () => {
    const env = { PATH: "/usr/bin:/bin", CUDA_VISIBLE_DEVICES: "GPU-1" };
    const { outcome, stderr } = await makeRun("print-environment.sh", { env });
    expect(outcome).toBe("success");
    // The shell adds PWD and what it starts; the launcher says which instance it is, and the runner of which run.
    const names = stderr
      .trim()
      .split("\n")
      .map((line) => line.replace(/=.*/, ""));
    expect(
      names.filter((name) => !["PWD", "SHLVL", "_", "OLDPWD"].includes(name)).toSorted(),
    ).toEqual(["CUDAPROBE_INSTANCE", "CUDAPROBE_RUN", "CUDA_VISIBLE_DEVICES", "PATH"]);
    expect(stderr).toContain("CUDA_VISIBLE_DEVICES=GPU-1\n");
    expect(stderr).toContain("PWD=/\n");
  });

  test("is an empty standard input", async () => {
    expect(await makeRun("read-input.sh")).toMatchObject({ outcome: "success", stderr: "" });
  });
});

describe("several instances", () => {
  test("are a success when all are", async () => {
    const end = await makeRun("succeed.mjs", { instances: 3 });
    expect(end.outcome).toBe("success");
    expect(end.report.instances.map(({ instance }) => instance)).toEqual([0, 1, 2]);
  });

  test("have crashed when one has", async () => {
    const end = await makeRun("crash-as-second-instance.mjs", { instances: 2 });
    expect(end).toMatchObject({ outcome: "crashed", message: "ended by SIGSEGV" });
  });
});

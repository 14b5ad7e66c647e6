import { describe, expect, it } from "vitest";
import { coldStart } from "../../src/probes/cold-start.ts";
import { density } from "../../src/probes/density.ts";
import { footprint } from "../../src/probes/footprint.ts";
import type { Kind, Measurement } from "../../src/probes/kind.ts";
import { phase, successfulEnd } from "../support/run-ends.ts";
import { probeContext } from "../support/probe-context.ts";

const CONTEXT = probeContext({
  gpuUuid: "GPU-a",
  libcuda: "/emulator/libcuda.so.1",
  neededProgram: "/opt/python",
  nativeDirectory: "/native",
});

function measure(runtime: string, kind: Kind = coldStart, more: object = {}): Measurement {
  return kind.measurement({ runtime, python: "/opt/python", ...more });
}

const FRAMEWORKS = ["torch", "jax", "tensorflow"];

describe.each(FRAMEWORKS)("a cold start of %s", (runtime) => {
  it("is its script, started by the interpreter that was found", () => {
    const { needs, file, args } = measure(runtime);
    expect(needs?.(CONTEXT)).toMatchObject({ file: "/opt/python", reason: "framework_missing" });
    expect(file?.(CONTEXT)).toBe("/opt/python");
    expect(args(CONTEXT)).toEqual([`/frameworks/${runtime}_probe.py`, "--device=GPU-a"]);
  });

  it("finds the driver's library by name where the probes have a path of it", () => {
    const { env } = measure(runtime);
    expect(env(CONTEXT)).toMatchObject({ LD_LIBRARY_PATH: "/emulator" });
    const found = { ...CONTEXT, libcuda: undefined };
    expect(env(found)).not.toHaveProperty("LD_LIBRARY_PATH");
  });

  it("has no cache whose emptiness means something, and a cold one when asked", () => {
    expect(measure(runtime).cache).toBe("any");
    expect(measure(runtime, coldStart, { jit_cache: "cold" }).cache).toBe("cold");
  });
});

describe("the environment of a cold start", () => {
  const MODULES = { CUDA_MODULE_LOADING: "LAZY", CUDA_VISIBLE_DEVICES: "GPU-a" };

  it.each([
    ["driver", {}],
    ["torch", {}],
    ["jax", { XLA_PYTHON_CLIENT_PREALLOCATE: "false" }],
    ["tensorflow", { TF_FORCE_GPU_ALLOW_GROWTH: "true", TF_CPP_MIN_LOG_LEVEL: "2" }],
  ])("of %s keeps it from taking the whole GPU, and says no more", (runtime, own) => {
    const { env } = measure(runtime);
    expect(env({ ...CONTEXT, libcuda: undefined })).toEqual({ ...own, ...MODULES });
  });
});

describe("a cold start of the CUDA runtime", () => {
  it("is a program that may not have been built", () => {
    const { needs, args, phases } = measure("cudart");
    expect(phases).not.toContain("load_driver");
    expect(phases).toEqual(expect.arrayContaining(["init", "context", "first_kernel"]));
    const needed = { file: "/native/probes/cold_start_cudart", reason: "framework_missing" };
    expect(needs?.(CONTEXT)).toMatchObject(needed);
    expect(args(CONTEXT)).toEqual(["--device=GPU-a", "--bytes=2097152"]);
  });
});

describe("the headline of a framework", () => {
  const interval = { ...phase("import", 100.1, 103.1), cpuSeconds: 2 };
  const busy = { ...phase("first_inference", 103.1, 104), cpuSeconds: 5 };
  const other = phase("autotune", 104, 104.5);
  const end = successfulEnd({ phases: [phase("spawn", 100, 100.1), interval, busy, other] });

  it("ends with its first inference", () => {
    expect(measure("torch").headline?.seconds(end)).toBeCloseTo(4, 9);
    expect(measure("driver").headline?.seconds(end)).toBeUndefined();
  });

  it("is beside what of each phase was work and what was waiting", () => {
    const figures = measure("torch").figures(end);
    const found = Object.fromEntries(figures.map(({ name, value }) => [name, value]));
    expect(found["import cpu"]).toBe(2);
    expect(found["import blocked"]).toBeCloseTo(1, 9);
    expect(found).toMatchObject({ "first_inference cpu": 5, "first_inference blocked": 0 });
    expect(found).not.toHaveProperty("spawn cpu");
  });

  it("is exported with the phases that the runtime declares, and no others", () => {
    const observed = measure("torch").observe({ probe: "p", end, cacheMiss: false });
    const phases = new Set(observed.flatMap(({ labels }) => labels["phase"] ?? []));
    expect(phases).toEqual(new Set(["spawn", "import", "first_inference"]));
  });
});

/** The command line of a worker under MPS. */
function worker(script: string): readonly string[] {
  return ["--", "/opt/python", `/frameworks/${script}`, "--device=GPU-a", "--mps=true"];
}

describe("the memory of a framework", () => {
  const BEFORE = "import,init,context,build_model,load_model";
  const LOOKED_AT = "context,build_model,load_model,first_inference";

  it.each([
    ["torch", `${BEFORE},first_inference`],
    ["jax", `${BEFORE},compile,first_inference`],
  ])(
    "is looked at after the phases of %s, which tells itself what it asked for",
    (runtime, all) => {
      const { args, needs, phases } = measure(runtime, footprint, { mps: true });
      expect(args(CONTEXT)).toEqual([
        "--device=GPU-a",
        `--worker_phases=${all}`,
        `--phases=${LOOKED_AT}`,
        ...worker(`${runtime}_probe.py`),
      ]);
      expect(needs?.(CONTEXT)).toMatchObject({ file: "/opt/python" });
      expect(phases).toEqual(["spawn", ...all.split(","), "release", "exit"]);
    },
  );

  it("is held after the first inference, by several", () => {
    const { args, needs, timeoutSeconds } = measure("torch", density, { mps: true });
    expect(args(CONTEXT)).toEqual(
      expect.arrayContaining(["--phases=context,first_inference", ...worker("torch_probe.py")]),
    );
    expect(args(CONTEXT).join()).not.toContain("requested_bytes");
    expect(needs?.(CONTEXT)).toMatchObject({ file: "/opt/python" });
    expect(timeoutSeconds).toBe(600);
  });

  it.each([footprint, density])("is not that of a TensorFlow for $name", (kind) => {
    expect(kind.parse({ runtime: "tensorflow" })).toMatchObject({ ok: false });
    expect(kind.parse({ runtime: "jax" })).toMatchObject({ ok: true });
  });
});

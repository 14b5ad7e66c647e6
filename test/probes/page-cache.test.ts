import { describe, expect, it } from "vitest";
import { coldStart } from "../../src/probes/cold-start.ts";
import { probeContext } from "../support/probe-context.ts";

const alone = coldStart.measurement({});

describe("a cold start with a cold page cache", () => {
  const cold = coldStart.measurement({ page_cache: "cold" });
  const context = probeContext({
    gpuUuid: "GPU-1",
    libcuda: "/lib/libcuda.so.1",
    libraryCopies: "/copies",
  });

  it("is prepared by a program of its own, right before the start", () => {
    const [prepare, measured, ...others] = cold.starts ?? [];
    expect(others).toEqual([]);
    expect(prepare).toMatchObject({ role: "prepare", program: "cold_pages", instances: 1 });
    expect(prepare?.args(context)).toEqual(["--directory=/copies", "--libcuda=/lib/libcuda.so.1"]);
    expect(measured?.role).toBe("measured");
  });

  it("takes the copies in place of the driver's libraries", () => {
    expect(cold.args(context)).toContain("--libcuda=/copies/libcuda.so.1");
    expect(cold.env(context)).toMatchObject({ LD_LIBRARY_PATH: "/copies" });
    expect(cold.copiesLibraries).toBe(true);
  });

  it("is prepared before every start that is timed, where there are several", () => {
    const several = coldStart.measurement({ page_cache: "cold", concurrency: 2 });
    const roles = several.starts?.map(({ role }) => role).join(" ");
    const single = "prepare single";
    expect(roles).toBe(`${single} ${single} ${single} prepare measured floor`);
  });

  it("is what a warm one is not", () => {
    expect(alone.args(context)).toContain("--libcuda=/lib/libcuda.so.1");
    expect(alone.env(context)).not.toHaveProperty("LD_LIBRARY_PATH");
    expect(alone.copiesLibraries).toBeUndefined();
  });
});

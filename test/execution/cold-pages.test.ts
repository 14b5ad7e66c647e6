import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { makeEmulator } from "../support/emulator.ts";
import { expectNothingLeft, makeStartBench } from "../support/start-benches.ts";

describe("a cold start with a cold page cache", () => {
  test("takes a copy that was on the disk alone, and leaves none", async () => {
    await using emulator = await makeEmulator();
    // A temporary directory may be in memory.
    await using bench = await makeStartBench(emulator, import.meta.dirname);
    const end = await bench.run({ page_cache: "cold" });
    expect(end).toMatchObject({ outcome: "success", stderr: "" });
    const [prepare] = end.companions ?? [];
    const evicted = prepare?.end.report.instances[0]?.samples[0];
    expect(evicted).toMatchObject({ name: "evicted_bytes" });
    expect(evicted?.value).toBeGreaterThan(100_000);
    expect(end.report.instances[0]?.phases.find(({ phase }) => phase === "load_driver")).toSatisfy(
      (interval: { readonly majorFaults?: number }) => (interval.majorFaults ?? 0) > 0,
    );
    expectNothingLeft(bench);
  });

  test.runIf(existsSync("/dev/shm"))(
    "is left out as page_cache_busy where the copy cannot leave memory",
    async () => {
      await using emulator = await makeEmulator();
      await using bench = await makeStartBench(emulator, "/dev/shm");
      const end = await bench.run({ page_cache: "cold" });
      expect(end).toMatchObject({ outcome: "skipped", reason: "page_cache_busy" });
      expect(end.message).toMatch(/^\d+ of \d+ bytes of the copies stay in memory$/);
      expectNothingLeft(bench);
    },
  );
});

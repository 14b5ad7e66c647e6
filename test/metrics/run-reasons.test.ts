import { describe, expect, it } from "vitest";
import { failureReasons, skipReasons } from "../../src/metrics/run-reasons.ts";
import { coldStart } from "../../src/probes/cold-start.ts";
import type { Kind } from "../../src/probes/kind.ts";

const kind: Kind = {
  ...coldStart,
  reasons: ["oom", "ecc", "page_cache_busy", "memory_floor", "timeout"],
};

describe("the reasons that exist before the first run", () => {
  it("are for failures the kind's and those of any process, each once", () => {
    expect(failureReasons(kind)).toEqual([
      "oom",
      "ecc",
      "timeout",
      "hung",
      "crashed",
      "bad_output",
      "not_started",
      "launcher_lost",
    ]);
  });

  it("are for skips the gates' and the kind's own skips", () => {
    expect(skipReasons(kind)).toEqual([
      "paused",
      "quiet_hours",
      "in_flight",
      "lane_busy",
      "host_load",
      "no_device",
      "reset_required",
      "ecc",
      "mig_change",
      "not_supported",
      "compute_mode",
      "memory_floor",
      "budget",
      "page_cache_busy",
    ]);
  });

  it("have utilization only for kinds that it gates, and device gates only for kinds on a device", () => {
    const host = { ...kind, scope: "host", gatedByUtilization: true, reasons: [] } as const;
    expect(skipReasons(host)).toEqual(["paused", "quiet_hours", "in_flight", "lane_busy", "busy"]);
  });
});

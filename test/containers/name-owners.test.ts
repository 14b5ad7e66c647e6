import { describe, expect, it } from "vitest";
import { nameOwners } from "../../src/containers/name-owners.ts";
import { failedEnd, successfulEnd } from "../support/run-ends.ts";

describe("naming the owners of processes", () => {
  it("puts their names in place of control groups, and leaves other samples as they are", () => {
    const labels = { pid: "7", cgroup: "/system.slice/triton.service" };
    const others = [
      { name: "processes", value: 1, labels: { client: "compute" } },
      { name: "memory_used_bytes", value: 2, labels: {} },
    ];
    const end = successfulEnd({
      samples: [{ name: "process_memory_bytes", value: 5, labels }, ...others],
    });
    expect(nameOwners(end).report.instances[0]?.samples).toEqual([
      {
        name: "process_memory_bytes",
        value: 5,
        labels: {
          pid: "7",
          container_id: "",
          pod_uid: "",
          slurm_job: "",
          systemd_unit: "triton.service",
        },
      },
      ...others,
    ]);
  });

  it("leaves a run without samples as it is", () => {
    const end = failedEnd({ reason: "no_driver", phase: "init" });
    expect(nameOwners(end)).toEqual(end);
    const nothing = failedEnd({ report: { instances: [] } });
    expect(nameOwners(nothing)).toEqual(nothing);
  });
});

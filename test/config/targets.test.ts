import { describe, expect, it } from "vitest";
import { makeTargets } from "../../src/config/targets.ts";
import { device, parse } from "./fixtures.ts";

const A = device(0, "GPU-aaaa-1");
const B = device(1, "GPU-aabb-2");
const SLICE = device(1, "GPU-aabb-2", "MIG-cccc-3");

function targetIds(gpus: string, devices = [A, B]): readonly string[] {
  const probe = `{ name: start, kind: cold_start, schedule: "@daily", gpus: ${gpus} }`;
  return makeTargets(parse(`probes: [${probe}]`), devices).map(({ id }) => id);
}

describe("makeTargets", () => {
  it("makes a target of each probe on each device, in the order of the config", () => {
    const config = parse(`probes:
  - { name: warm, kind: cold_start, schedule: "@daily" }
  - { name: census, kind: census, schedule: "@daily" }
  - { name: cold, kind: cold_start, schedule: "@daily", gpus: [1] }
`);
    const targets = makeTargets(config, [A, B]);
    expect(targets.map(({ id }) => id)).toEqual([
      "warm@GPU-aaaa-1",
      "warm@GPU-aabb-2",
      "census",
      "cold@GPU-aabb-2",
    ]);
    const named = { gpu: 1, gpuUuid: "GPU-aabb-2", migUuid: "", name: "EMULATED GPU" };
    expect(targets[1]?.device).toEqual(named);
    expect(targets[2]?.device).toBeUndefined();
  });

  it("makes no target of a device kind without a device, and one of a host kind", () => {
    const config = parse(`probes:
  - { name: warm, kind: cold_start, schedule: "@daily" }
  - { name: census, kind: census, schedule: "@daily" }
`);
    expect(makeTargets(config, []).map(({ id }) => id)).toEqual(["census"]);
  });

  it("keeps a target's id when the device's index changes", () => {
    expect(targetIds("all", [device(5, A.gpuUuid)])).toEqual(["start@GPU-aaaa-1"]);
  });

  it("takes a UUID, whole or its beginning, while the beginning fits one GPU", () => {
    expect(targetIds("[GPU-aabb-2]")).toEqual(["start@GPU-aabb-2"]);
    expect(targetIds("[GPU-aab]")).toEqual(["start@GPU-aabb-2"]);
    expect(targetIds("[GPU-aa]")).toEqual([]);
    expect(targetIds("[GPU-bb]")).toEqual([]);
  });

  it("takes a whole UUID that is the beginning of another", () => {
    expect(targetIds("[GPU-a]", [device(0, "GPU-a"), device(1, "GPU-ab")])).toEqual([
      "start@GPU-a",
    ]);
  });

  it("runs once on a device that is named twice, in different ways", () => {
    expect(targetIds("[1, GPU-aabb, 0]")).toEqual(["start@GPU-aaaa-1", "start@GPU-aabb-2"]);
  });

  it("tells a MIG instance from its GPU by UUID, and means it with the GPU's index", () => {
    expect(targetIds("[1]", [A, B, SLICE])).toEqual(["start@GPU-aabb-2", "start@MIG-cccc-3"]);
    expect(targetIds("[MIG-cc]", [A, B, SLICE])).toEqual(["start@MIG-cccc-3"]);
  });
});

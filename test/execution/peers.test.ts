import { describe, expect, it } from "vitest";
import type { Device } from "../../src/devices/device.ts";
import { findPeers } from "../../src/execution/peers.ts";
import { decideGo } from "../../src/gates/decide-go.ts";
import { device, target } from "../config/fixtures.ts";
import { input, listing } from "../gates/fixtures.ts";

const OWN = device(0, "GPU-a");
const SLICE = device(1, "GPU-b", "MIG-b");

function peersOn(devices: readonly Device[], own = OWN): readonly string[] {
  const run = target('name: start, kind: cold_start, schedule: "@daily"', own);
  return findPeers(run, listing({ devices }), (other, listed) =>
    decideGo(input({ target: other, listing: listed })),
  );
}

describe("the peers of a run", () => {
  it("are the other GPUs that are listed, in their order", () => {
    const devices = [OWN, device(1, "GPU-b"), device(2, "GPU-c")];
    expect(peersOn(devices)).toEqual(["GPU-b", "GPU-c"]);
    expect(peersOn(devices, device(1, "GPU-b"))).toEqual(["GPU-a", "GPU-c"]);
    expect(peersOn([OWN])).toEqual([]);
  });

  it.each<Partial<Device>>([
    { migMode: "enabled" },
    { migUuid: "MIG-b" },
    { computeMode: "exclusive_process" },
    { memoryFreeBytes: 0 },
    { recoveryAction: 1 },
  ])("are none that have %j", (changes) => {
    expect(peersOn([OWN, { ...device(1, "GPU-b"), ...changes }])).toEqual([]);
  });

  it("are none of a MIG instance, nor of the whole host", () => {
    expect(peersOn([OWN, SLICE], SLICE)).toEqual([]);
    const host = target('name: census, kind: census, schedule: "@daily"');
    expect(findPeers(host, listing({ devices: [OWN] }), () => ({ go: true }))).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { makeTargets } from "../../src/config/targets.ts";
import { parseConfig } from "../../src/config/parse-config.ts";
import { KINDS } from "../../src/probes/index.ts";
import { validateSchedule } from "../../src/scheduler/schedule.ts";
import { spareSleeping } from "../../src/scheduler/spare-sleeping.ts";
import { device } from "../config/fixtures.ts";

const AWAKE = device(0, "GPU-a");
const ASLEEP = { ...device(1, "GPU-b"), persistenceMode: "disabled" } as const;

function schedules(memory: string, devices = [AWAKE, ASLEEP]): readonly string[] {
  const text = `probes:
  - { name: memory, kind: process_memory, ${memory} }
  - { name: start, kind: cold_start, schedule: "* * * * *", gpus: [0] }
`;
  const config = parseConfig({ file: "a.yml", text, kinds: KINDS, validateSchedule });
  if (!config.ok) throw new Error(JSON.stringify(config.error));
  const targets = spareSleeping(makeTargets(config.value, devices), devices);
  return targets.map(({ probe }) => probe.schedule);
}

describe("sparing GPUs that sleep", () => {
  it("makes what wakes them rare, and leaves the rest as it is", () => {
    expect(schedules('schedule: "*/15 * * * * *"')).toEqual(["*/5 * * * *", "* * * * *"]);
  });

  it("leaves a schedule that is sparser anyway", () => {
    expect(schedules('schedule: "0 * * * *"')).toEqual(["0 * * * *", "* * * * *"]);
    expect(schedules('schedule: "*/5 * * * *"')[0]).toBe("*/5 * * * *");
  });

  it("does not where the config insists, or no GPU sleeps, or that is not known", () => {
    const own = "*/15 * * * * *";
    expect(schedules(`schedule: "${own}", wake: true`)[0]).toBe(own);
    expect(schedules(`schedule: "${own}"`, [AWAKE])[0]).toBe(own);
    expect(schedules(`schedule: "${own}"`, [{ ...AWAKE, persistenceMode: "unknown" }])[0]).toBe(
      own,
    );
  });
});

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import type { Target } from "../../src/config/config.ts";
import { createHistory } from "../../src/history/history.ts";
import { coldStart } from "../../src/probes/cold-start.ts";
import { makeRun } from "../support/runs.ts";

const TARGET: Target = {
  id: "start",
  device: undefined,
  probe: {
    name: "start",
    kind: coldStart,
    measurement: coldStart.measurement({}),
    schedule: "* * * * *",
    jitterSeconds: undefined,
    timeoutSeconds: 30,
    gpus: "all",
    settings: "",
  },
};

const CIRCUMSTANCES = {
  otherProcesses: undefined,
  utilizationRatio: undefined,
  cacheMiss: false,
  laneWaitSeconds: 0,
};

setFlagsFromString("--expose-gc");

/** What is held, in MiB, when all that can be let go has been. */
function heldMebibytes(): number {
  runInNewContext("gc()");
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

test(
  "hundreds of failing, noisy runs hold no more memory than the history keeps",
  { timeout: 120_000 },
  async () => {
    const history = createHistory({ limit: 20 });
    const make = async (runs: number): Promise<void> => {
      for (let made = 0; made < runs; made += 1) {
        const end = await makeRun("fail-noisily.sh");
        expect(end).toMatchObject({ outcome: "failure", reason: "oom" });
        history.add({
          type: "run",
          target: TARGET,
          atSeconds: made,
          end,
          circumstances: CIRCUMSTANCES,
        });
      }
    };
    await make(25);
    const before = heldMebibytes();
    expect(history.records("start")).toHaveLength(20);
    await make(150);
    // All of them together are some 12 MiB.
    expect(heldMebibytes() - before).toBeLessThan(5);
  },
);

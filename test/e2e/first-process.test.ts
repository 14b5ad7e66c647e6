import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { readProcessStat } from "../../src/base/process-stat.ts";
import { startDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";

/** The daemon is the first process of a PID namespace, as in a container without an init. */
const AS_FIRST = [
  "unshare",
  "--user",
  "--map-root-user",
  "--pid",
  "--fork",
  "--kill-child",
  "--mount-proc",
];

const mayUnshare = !(await execa("unshare", [...AS_FIRST.slice(1), "true"], { reject: false }))
  .failed;

function probe(name: string, file: string): string {
  const argv = `argv: ["${resolve(import.meta.dirname, "../fixtures/probes", file)}"]`;
  return `  - { name: ${name}, kind: cold_start, runtime: command, ${argv}, phases: [work], schedule: "* * * * * *", jitter: 0s }\n`;
}

const CONFIG = `probes:
  - { name: start, kind: cold_start, schedule: "* * * * * *", jitter: 0s }
${probe("group", "leave-a-child.sh")}${probe("session", "leave-a-child-in-a-session.sh")}`;

function childrenOf(parent: number) {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), ...readProcessStat(Number(name)) }))
    .filter((child) => child.parent === parent);
}

// What a probe leaves behind comes to its launcher, which waits for it: Node waits for nobody's children but its own.
test.runIf(mayUnshare)("a daemon that is process 1 is left no zombies by its runs", async () => {
  await using emulator = await makeEmulator();
  await using daemon = await startDaemon({ config: CONFIG, emulator, under: AS_FIRST });
  const [first] = childrenOf(daemon.pid);
  expect(first?.state).not.toBe("Z");
  let line = -1;
  for (const name of ["group", "session", "start", "group", "session"]) {
    // oxlint-disable-next-line no-await-in-loop -- one run after the other
    line = await daemon.logged([`probe=${name}`, "run_id="], line + 1);
  }
  await expect
    .poll(() => childrenOf(first?.pid ?? 0).filter(({ state }) => state === "Z"))
    .toEqual([]);
  expect(childrenOf(first?.pid ?? 0).map(({ state }) => state)).not.toContain("Z");
});

import { once } from "node:events";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { openProcessGroup, type ProcessGroup } from "../../src/runner/process-group.ts";

/** A shell that leads a group of its own, in which it does as it is told, and then a sleeper of it. */
async function startGroup(script: string) {
  const child = execa("sh", ["-c", script], { detached: true, reject: false, buffer: false });
  const exited = once(child, "exit");
  await once(child.stdout, "data");
  return { child, exited, group: open(child.pid ?? 0, process.pid) };
}

function open(leader: number, parent: number): ProcessGroup {
  const group = openProcessGroup(leader, parent);
  if (group === undefined) throw new Error(`${leader} leads no group, or is no child of ${parent}`);
  return group;
}

describe("a process group", () => {
  test("is there while its leader runs, and gone when it was killed and reaped", async () => {
    const { exited, group } = await startGroup("echo up; exec sleep 600");
    expect(group.isGone()).toBe(false);
    group.kill("SIGKILL");
    await exited;
    expect(group.isGone()).toBe(true);
  });

  test("is there while a member of it runs, also when the leader has ended", async () => {
    const { child, exited, group } = await startGroup("echo up; sleep 600 & exit 0");
    await exited;
    expect(group.isGone()).toBe(false);
    group.kill("SIGKILL");
    await once(child.stdout, "close");
    await child;
    expect(group.isGone()).toBe(true);
  });

  test("is gone when only those are left of it that nobody has reaped", async () => {
    // The parent is in another group, and never waits.
    const script = "setsid sh -c 'echo $$' & kill -STOP $$";
    const parent = execa("sh", ["-c", script], { detached: true, reject: false, buffer: false });
    const [text]: unknown[] = await once(parent.stdout, "data");
    const zombie = Number(String(text));
    const group = open(zombie, parent.pid ?? 0);
    await expect.poll(() => group.isGone()).toBe(true);
    process.kill(-(parent.pid ?? 0), "SIGKILL");
    await parent;
  });

  test("of another's child is not opened, nor that of a child which leads none", async () => {
    await using child = await startChild({ detached: true });
    expect(openProcessGroup(child.pid, process.pid)).toBeDefined();
    expect(openProcessGroup(child.pid, process.ppid)).toBeUndefined();
    await using member = await startChild({ detached: false });
    expect(openProcessGroup(member.pid, process.pid)).toBeUndefined();
  });

  test("of a child whose parent was killed before is opened, too", async () => {
    const script = "set -m; sleep 600 & echo $!; wait";
    const options = { detached: true, reject: false, buffer: false } as const;
    const parent = execa("bash", ["-c", script], options);
    const [text]: unknown[] = await once(parent.stdout, "data");
    const exited = once(parent, "exit");
    parent.kill("SIGKILL");
    await exited;
    const group = open(Number(String(text)), parent.pid ?? 0);
    expect(group.isGone()).toBe(false);
    group.kill("SIGKILL");
    await parent;
    await expect.poll(() => group.isGone()).toBe(true);
  });

  test("of a number that nobody has is gone, and a signal to it goes nowhere", () => {
    // Larger than any PID that Linux gives.
    const group = open(4_194_305, process.pid);
    expect(group.isGone()).toBe(true);
    expect(() => group.kill("SIGKILL")).not.toThrow();
  });
});

async function startChild({ detached }: { readonly detached: boolean }) {
  const child = execa("sleep", ["600"], { detached, reject: false });
  await once(child, "spawn");
  return {
    pid: child.pid ?? 0,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await child;
    },
  };
}

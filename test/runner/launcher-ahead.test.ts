import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { systemClock } from "../../src/base/clock.ts";
import { createLauncherAhead, type LauncherAhead } from "../../src/runner/launcher-ahead.ts";
import type { RunEnd } from "../../src/runner/run.ts";
import { launchersAhead } from "../support/launchers-ahead.ts";
import { nativeFile } from "../support/native.ts";
import { fixture, makeRun, numberSaid, type RunOptions } from "../support/runs.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { until } from "../support/until.ts";

/** A launcher ahead whose wait passes by hand. */
interface Opened extends LauncherAhead, AsyncDisposable {
  /** Whether one is about to be started. */
  readonly isDue: () => boolean;
  readonly passTime: () => void;
  /** The one that a run took last; 0 when there was none. */
  readonly takenPid: () => number;
}

function openAhead(file = nativeFile("launcher")): Opened {
  let due: (() => void) | undefined;
  let takenPid = 0;
  const after = (_seconds: number, callback: () => void): (() => void) => {
    due = callback;
    return () => {
      due = undefined;
    };
  };
  const ahead = createLauncherAhead(file, { clock: { ...systemClock, after } });
  return {
    ...ahead,
    take: () => {
      const taken = ahead.take();
      takenPid = taken?.launcher.pid ?? 0;
      return taken;
    },
    isDue: () => due !== undefined,
    passTime: () => {
      due?.();
      due = undefined;
    },
    takenPid: () => takenPid,
    [Symbol.asyncDispose]: ahead.close,
  };
}

/** A run of a probe that says who its launcher is, and what it was given. */
async function makeTellingRun(ahead: LauncherAhead, options: RunOptions = {}): Promise<RunEnd> {
  const runner = { ahead, ...options.runner };
  return makeRun("tell-its-launcher.sh", { ...options, runner });
}

test("there is none for the first run, which starts its own", async () => {
  await using ahead = openAhead();
  expect(await makeTellingRun(ahead)).toMatchObject({ outcome: "success" });
  expect(ahead.takenPid()).toBe(0);
});

test("one is started a while after a run has ended, and the next run is its", async () => {
  await using ahead = openAhead();
  await makeTellingRun(ahead);
  expect(ahead.isDue()).toBe(true);
  ahead.passTime();
  const end = await makeTellingRun(ahead);
  expect(end).toMatchObject({ outcome: "success" });
  expect(ahead.takenPid()).toBeGreaterThan(0);
  expect(numberSaid("launcher", end)).toBe(ahead.takenPid());
});

test("none is started during a run that comes sooner", async () => {
  await using ahead = openAhead();
  await makeTellingRun(ahead);
  const run = makeTellingRun(ahead);
  expect(ahead.isDue()).toBe(false);
  expect(await run).toMatchObject({ outcome: "success" });
});

test("its run is that of a launcher that was started for it", async () => {
  await using ahead = openAhead();
  await using directory = await makeTemporaryDirectory();
  const options: RunOptions = {
    args: ["", "two words", "ünï"],
    env: { PATH: "/usr/bin:/bin", EMPTY: "", LINES: "a\nb=c" },
    runner: { laneLock: { file: join(directory.path, "lane.lock"), timeoutSeconds: 5 } },
  };
  const direct = await makeTellingRun(ahead, options);
  ahead.passTime();
  const end = await makeTellingRun(ahead, options);
  expect(ahead.takenPid()).toBeGreaterThan(0);
  expect(whatIsTheSame(end)).toEqual(whatIsTheSame(direct));
  expect(whatIsTheSame(end)).toEqual(
    expect.arrayContaining(["<>", "<two words>", "<ünï>", "EMPTY=", "LINES=a", "b=c"]),
  );
});

/** The launcher's pid and the letters of the mark are another run's. */
function whatIsTheSame({ stderr }: RunEnd): readonly string[] {
  return stderr
    .replace(/^launcher \d+$/m, "launcher")
    .replace(/^(CUDAPROBE_RUN=.*-)\w+$/m, "$1")
    .split("\n")
    .toSorted();
}

test("one that was killed meanwhile is nobody's", async () => {
  await using ahead = openAhead();
  ahead.refill();
  ahead.passTime();
  const [pid = 0] = launchersAhead(process.pid);
  process.kill(pid, "SIGKILL");
  await until("its end to be known", () => !existsSync(`/proc/${pid}`));
  expect(await makeTellingRun(ahead)).toMatchObject({ outcome: "success" });
  expect(ahead.takenPid()).toBe(0);
});

test("what no program can be given is refused as ever, and leaves it for another run", async () => {
  await using ahead = openAhead();
  ahead.refill();
  ahead.passTime();
  expect(await makeTellingRun(ahead, { args: ["a\0b"] })).toMatchObject({
    outcome: "not_started",
  });
  expect(await makeTellingRun(ahead)).toMatchObject({ outcome: "success" });
  expect(ahead.takenPid()).toBeGreaterThan(0);
});

test.each([
  ["/no/such/launcher", /^the launcher could not be started: .*ENOENT/],
  [fixture("launcher/usage-error.sh"), /^launcher: --lane_timeout_seconds: is no number$/],
])("where none can be started the run says why: %s", async (launcher, message) => {
  await using ahead = openAhead(launcher);
  ahead.refill();
  ahead.passTime();
  const end = await makeTellingRun(ahead, { runner: { launcher } });
  expect(end).toMatchObject({ outcome: "not_started" });
  expect(end.message).toMatch(message);
});

test("one is enough, and ends with what it was opened for", async () => {
  const ahead = openAhead();
  ahead.refill();
  ahead.passTime();
  ahead.refill();
  expect(ahead.isDue()).toBe(false);
  expect(launchersAhead(process.pid)).toHaveLength(1);
  await ahead.close();
  expect(launchersAhead(process.pid)).toEqual([]);
});

test("none is started once it is closed", async () => {
  const ahead = openAhead();
  await makeTellingRun(ahead);
  await ahead.close();
  expect(ahead.isDue()).toBe(false);
});

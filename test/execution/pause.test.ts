import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createPause, findPauseFile, type Pause } from "../../src/execution/pause.ts";
import { createDrivenClock } from "../scheduler/driven-time.ts";
import { createTestLogger } from "../http/modules.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

interface Rig {
  readonly pause: Pause;
  readonly advance: (seconds: number) => void;
  readonly changes: readonly boolean[];
  readonly lines: readonly string[];
}

function createRig(file?: string): Rig {
  const { logger, lines } = createTestLogger();
  const clock = createDrivenClock();
  const changes: boolean[] = [];
  const changed = (isPaused: boolean): unknown => changes.push(isPaused);
  const pause = createPause(() => file, { clock, logger, changed });
  return { pause, advance: clock.advance, changes, lines };
}

describe("a pause file", () => {
  it("pauses by its presence, whatever it is, and no longer", async () => {
    await using directory = await makeTemporaryDirectory();
    const file = join(directory.path, "pause");
    expect(await findPauseFile(file)).toBeUndefined();
    expect(await findPauseFile(directory.path)).toMatchObject({ by: "file" });
    await symlink("nowhere", file);
    expect(await findPauseFile(file)).toMatchObject({ by: "file", message: `${file} is there` });
    expect(await findPauseFile(join(directory.path, "none", "pause"))).toBeUndefined();
    expect(await findPauseFile(undefined)).toBeUndefined();
  });

  it("pauses when nobody can say whether it is there", async () => {
    const file = `/${"a".repeat(300)}`;
    expect(await findPauseFile(file)).toMatchObject({
      by: "file",
      message: expect.stringContaining("ENAMETOOLONG"),
    });
  });

  it("goes on pausing when a request resumes", async () => {
    await using directory = await makeTemporaryDirectory();
    const file = join(directory.path, "pause");
    await writeFile(file, "");
    const { pause } = createRig(file);
    await pause.begin(undefined);
    expect(await pause.end()).toMatchObject({ by: "file" });
  });
});

describe("a requested pause", () => {
  it("lasts until it is resumed, and is told once each way", async () => {
    const { pause, changes, lines } = createRig();
    expect(await pause.check()).toBeUndefined();
    expect(await pause.begin(undefined)).toMatchObject({ by: "request", untilSeconds: undefined });
    await pause.check();
    expect(pause.latest()).toMatchObject({ by: "request" });
    expect(await pause.end()).toBeUndefined();
    await pause.end();
    expect(changes).toEqual([false, true, false]);
    expect(lines).toHaveLength(2);
  });

  it("ends by itself after its time, and a later one takes its place", async () => {
    const { pause, advance } = createRig();
    await pause.begin(60);
    advance(50);
    const second = await pause.begin(60);
    expect(second?.untilSeconds).toBeGreaterThan(0);
    advance(50);
    expect(await pause.check()).toBeDefined();
    advance(20);
    expect(await pause.check()).toBeUndefined();
  });
});

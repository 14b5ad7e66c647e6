import { access, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readProcessStat } from "../../src/base/process-stat.ts";
import { buildEnvironment } from "../../src/execution/environment.ts";
import { openWorkspace } from "../../src/execution/workspace.ts";

let directory = "";

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "cudaprobe-test-"));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

describe("a warm cache", () => {
  it("is a miss while it is empty, and no miss once something was compiled", async () => {
    const workspace = await openWorkspace(directory);
    const first = await workspace.cache("warm", "580.1");
    expect(first.miss).toBe(true);
    await writeFile(join(first.directory, "kernel"), "");
    await first.release();
    expect(await workspace.cache("warm", "580.1")).toMatchObject({
      directory: first.directory,
      miss: false,
    });
  });

  it("is another one under another driver", async () => {
    const workspace = await openWorkspace(directory);
    const [one, other] = [
      await workspace.cache("warm", "580.1"),
      await workspace.cache("warm", "590"),
    ];
    expect(other.directory).not.toBe(one.directory);
  });

  it("stays under the workspace whatever the driver calls itself", async () => {
    const workspace = await openWorkspace(directory);
    const cache = await workspace.cache("warm", "../../etc");
    expect(cache.directory.startsWith(`${directory}/cuda-cache/`)).toBe(true);
  });
});

describe("a cache of which nothing is asked", () => {
  it("is never a miss, and leaves the warm one as it is", async () => {
    const workspace = await openWorkspace(directory);
    const any = await workspace.cache("any", "580.1");
    expect(any.miss).toBe(false);
    await writeFile(join(any.directory, "kernel"), "");
    await any.release();
    expect((await workspace.cache("any", "580.1")).directory).toBe(any.directory);
    expect((await workspace.cache("warm", "580.1")).miss).toBe(true);
  });
});

describe("a cold cache", () => {
  it("is empty, no miss, and gone after the run", async () => {
    const workspace = await openWorkspace(directory);
    const cache = await workspace.cache("cold", "580.1");
    expect(cache.miss).toBe(false);
    expect(await readdir(cache.directory)).toEqual([]);
    await cache.release();
    await expect(access(cache.directory)).rejects.toThrow("ENOENT");
  });
});

describe("openWorkspace", () => {
  it("removes what processes that are gone have left of their runs, and of no other", async () => {
    const { startTime = 0 } = readProcessStat(process.ppid) ?? {};
    // Larger than any PID that Linux gives, numbers that were given again, and as version 0.1.0 named them.
    const gone = ["4194305-1", `${process.pid}-1`, `${process.ppid}-1`, "4194305", process.pid];
    const kept = [
      ...["cold-cache", "mps"].map((prefix) => `${prefix}-${process.ppid}-${startTime}-abcdef`),
      `cold-cache-${process.ppid}-abcdef`,
      "mps-of-somebody-else",
    ];
    const names = ["cold-cache", "mps"].flatMap((prefix) =>
      gone.map((maker) => `${prefix}-${maker}-abcdef`),
    );
    await Promise.all(
      [...names, ...kept].map(async (name) =>
        mkdir(join(directory, name, "inside"), { recursive: true }),
      ),
    );
    await openWorkspace(directory);
    const left = (await readdir(directory)).filter((name) => /^(cold-cache|mps)/.test(name));
    expect(left.toSorted()).toEqual(kept.toSorted());
  });

  it("removes a temporary workspace, and leaves one under the storage path", async () => {
    const temporary = await openWorkspace(undefined);
    await temporary.close();
    await expect(access(temporary.directory)).rejects.toThrow("ENOENT");
    const kept = await openWorkspace(directory);
    await kept.close();
    await access(kept.home);
  });
});

describe("buildEnvironment", () => {
  it("has nothing but what is built, and an MPS directory that is empty", () => {
    const directories = { home: "/h", mpsPipe: "/e", cudaCache: "/c", emulator: undefined };
    expect(buildEnvironment(directories, { CUDA_MODULE_LOADING: "LAZY" })).toEqual({
      PATH: "/usr/local/bin:/usr/bin:/bin",
      HOME: "/h",
      CUDA_CACHE_PATH: "/c",
      CUDA_MPS_PIPE_DIRECTORY: "/e",
      CUDA_MODULE_LOADING: "LAZY",
    });
  });
});

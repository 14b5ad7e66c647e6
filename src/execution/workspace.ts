import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Measurement } from "../probes/kind.ts";
import { makeOwnDirectory, removeLeftovers } from "../storage/own-directories.ts";
import { MPS_DIRECTORY } from "../mps/directories.ts";

const COLD_CACHE = "cold-cache";
const LIBRARY_COPIES = "library-copies";

/** For this user alone, whatever the directory above allows. */
const OURS = { recursive: true, mode: 0o700 } as const;

/** What a run's figures need of its cache: see {@link Measurement.cache}. */
type CacheMode = Measurement["cache"];

/** The CUDA cache of one run. */
export interface RunCache {
  readonly directory: string;
  /** True when the run will have to compile, although its cache is a warm one. */
  readonly miss: boolean;
  /** Removes what was made for this run alone; what cannot be removed now, the next start removes. */
  readonly release: () => Promise<void>;
}

/** The directories that runs use, all under one of ours. */
export interface Workspace {
  readonly directory: string;
  readonly laneFile: string;
  readonly home: string;
  readonly emptyMps: string;
  readonly cache: (mode: CacheMode, driverVersion: string) => Promise<RunCache>;
  /** A fresh directory for copies of the driver's libraries. */
  readonly libraryCopies: () => Promise<Pick<RunCache, "directory" | "release">>;
  /** Removes the workspace when it was a temporary one. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the workspace under the storage directory, or in a temporary one that goes with the process. What processes that were
 * killed have left there of their runs is removed.
 */
export async function openWorkspace(storageDirectory: string | undefined): Promise<Workspace> {
  const directory = storageDirectory ?? (await mkdtemp(join(tmpdir(), "cudaprobe-")));
  const home = join(directory, "home");
  const emptyMps = join(directory, "no-mps");
  await Promise.all([home, emptyMps].map(async (path) => mkdir(path, OURS)));
  await removeLeftovers(directory, [COLD_CACHE, LIBRARY_COPIES, MPS_DIRECTORY]);
  return {
    directory,
    laneFile: join(directory, "lane.lock"),
    home,
    emptyMps,
    cache: async (mode, driverVersion) =>
      mode === "cold" ? openColdCache(directory) : openKeptCache(directory, mode, driverVersion),
    libraryCopies: async () => openOwnDirectory(directory, LIBRARY_COPIES),
    close: async () => {
      if (storageDirectory === undefined) await rm(directory, { recursive: true, force: true });
    },
  };
}

const KEPT_CACHES = { warm: "cuda-cache", any: "cuda-cache-any" } as const;

/**
 * Kept per driver version: another driver's compiled kernels are of no use, and would look like hits. So would kernels of other kinds,
 * which is why those that any cache suits have another one.
 */
async function openKeptCache(
  parent: string,
  mode: keyof typeof KEPT_CACHES,
  driverVersion: string,
): Promise<RunCache> {
  const safeVersion = driverVersion.replaceAll(/[^\w.-]/g, "_");
  const directory = join(parent, KEPT_CACHES[mode], safeVersion === "" ? "unknown" : safeVersion);
  await mkdir(directory, OURS);
  const entries = await readdir(directory);
  const miss = mode === "warm" && entries.length === 0;
  return { directory, miss, release: async () => Promise.resolve() };
}

async function openColdCache(parent: string): Promise<RunCache> {
  return { ...(await openOwnDirectory(parent, COLD_CACHE)), miss: false };
}

async function openOwnDirectory(
  parent: string,
  prefix: string,
): Promise<Pick<RunCache, "directory" | "release">> {
  const directory = await makeOwnDirectory(parent, prefix);
  const release = async (): Promise<void> =>
    rm(directory, { recursive: true, force: true }).catch(() => undefined);
  return { directory, release };
}

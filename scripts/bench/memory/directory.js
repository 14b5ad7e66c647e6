// @ts-check
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** @template Result @param {(directory: string) => Promise<Result>} work @returns {Promise<Result>} */
export async function withTemporaryDirectory(work) {
  const directory = await mkdtemp(join(tmpdir(), "cudaprobe-bench-"));
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

// @ts-check
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execa } from "execa";

export const NATIVE = resolve(import.meta.dirname, "../../native");
export const BUILD = join(NATIVE, "build");

/**
 * What a probe needs to find an emulated GPU.
 * @typedef {object} EmulatedGpu
 * @property {string} directory that arms the emulator
 * @property {string} uuid
 * @property {Record<string, string>} env
 */

/**
 * Does the work with one emulated GPU whose calls take no longer than they must.
 * @template Result
 * @param {readonly string[]} lines more of the emulator's settings
 * @param {(gpu: EmulatedGpu) => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withEmulatedGpu(lines, work) {
  const directory = await mkdtemp(join(tmpdir(), "cudaprobe-bench-"));
  try {
    const settings = ["profile = h100", "time_scale = 0", ...lines];
    await writeFile(join(directory, "emulator.conf"), `${settings.join("\n")}\n`);
    const env = { CUDAPROBE_EMULATOR: directory, LD_LIBRARY_PATH: join(BUILD, "emulator") };
    const { stdout } = await execa(join(BUILD, "probes/devices"), { env });
    const [uuid = ""] = /GPU-[0-9a-f-]{36}/.exec(stdout) ?? [];
    return await work({ directory, uuid, env });
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Builds what the ordinary build does not have. @param {readonly string[]} targets */
export async function make(targets) {
  await execa("make", ["-C", NATIVE, "-j2", ...targets.map((target) => join("build", target))]);
}

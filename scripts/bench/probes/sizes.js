// @ts-check
import { readdir, readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { BUILD } from "../emulated.js";
import { atMost } from "../row.js";

const STAGE = resolve(import.meta.dirname, "../../../out/stage");
const KIBIBYTE = 1024;
const MOST_KIBIBYTES = 100;

/**
 * The largest probe of the ordinary build, and that of a bundle where one was left in out/stage. Programs are stripped in
 * both. What has the CUDA runtime linked into it is apart: nearly all of that is NVIDIA's.
 */
export async function measureSizes() {
  const builds = [{ name: "this machine's build", directory: BUILD }, ...(await findBundles())];
  return Promise.all(builds.map(async (build) => toRow(build, await sizesOf(build.directory))));
}

/** @param {{ readonly name: string }} build @param {readonly { name: string, bytes: number }[]} sizes */
function toRow({ name }, sizes) {
  const [largest] = sizes.toSorted((one, other) => other.bytes - one.bytes);
  const measured = {
    what: `largest binary of ${name}, ${largest?.name}`,
    ours: (largest?.bytes ?? NaN) / KIBIBYTE,
    unit: "KiB",
    detail: Object.fromEntries(sizes.map((size) => [size.name, size.bytes])),
  };
  return atMost(measured, MOST_KIBIBYTES);
}

/** @param {string} directory */
async function sizesOf(directory) {
  const probes = join(directory, "probes");
  const names = (await readdir(probes)).filter((name) => isProbe(name));
  return Promise.all(
    names.map(async (name) => ({ name, bytes: (await stat(join(probes, name))).size })),
  );
}

/** @param {string} name as a file beside the objects is called */
export function isProbe(name) {
  return !/\.[do]$|_cudart$/.test(name);
}

/** A bundle says of itself which C library it needs: that tells a release from one that was built here. */
async function findBundles() {
  const names = await readdir(STAGE).catch(() => []);
  return Promise.all(
    names.map(async (name) => {
      const readme = await readFile(join(STAGE, name, "README.md"), "utf8");
      const [, glibc = "unknown"] = /glibc ([0-9.]+[0-9])/.exec(readme) ?? [];
      return {
        name: `the bundle for glibc ${glibc}`,
        directory: join(STAGE, name, "native/build"),
      };
    }),
  );
}

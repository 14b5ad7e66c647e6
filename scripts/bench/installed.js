// @ts-check
import { execFile } from "node:child_process";
import { mkdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/** What the program looks for in the directory above its own. */
const BESIDE = ["package.json", "config", "native", "node_modules"];

/** Makes a directory with the program as packages and images have it, and gives its path. @param {string} root */
export async function makeInstalled(root) {
  const directory = join(root, "out/bench/installed");
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  await Promise.all(BESIDE.map((name) => symlink(join(root, name), join(directory, name))));
  const script = join(root, "scripts/bundle-daemon.js");
  await promisify(execFile)(process.execPath, [script, directory]);
  return directory;
}

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { execa } from "execa";

const root = resolve(import.meta.dirname, "../..");

/**
 * Once before all tests: brings the native programs up to date, which takes no time when they are.
 * A build that CUDAPROBE_NATIVE_BUILD chooses has been made by whoever chose it.
 */
export async function setup(): Promise<void> {
  const chosen = process.env["CUDAPROBE_NATIVE_BUILD"];
  if (chosen === undefined) return buildNative();
  const launcher = resolve(root, chosen, "launcher");
  if (!existsSync(launcher)) throw new Error(`CUDAPROBE_NATIVE_BUILD: there is no ${launcher}`);
}

async function buildNative(): Promise<void> {
  const made = await execa("make", ["-C", "native", "-j2"], {
    cwd: root,
    reject: false,
    all: true,
  });
  if (made.failed) {
    throw new Error(`make -C native failed (it needs g++ and make)\n${made.all || made.message}`);
  }
}

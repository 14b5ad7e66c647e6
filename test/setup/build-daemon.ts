import { resolve } from "node:path";
import { execa } from "execa";

const root = resolve(import.meta.dirname, "../..");

/** Once before all tests that start the daemon: compiles what `dist` holds. */
export async function setup(): Promise<void> {
  await execa("tsc", { cwd: root, preferLocal: true });
}

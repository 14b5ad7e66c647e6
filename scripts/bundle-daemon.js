// @ts-check
// What `scripts/bundle.sh` puts into dist/ in place of the compiled modules: the daemon and its packages in two
// files, and what V8 has compiled of the larger one (docs/adr/0037). Needs `npm run build`.
//
//   node scripts/bundle-daemon.js DIRECTORY [NODE]
//
// DIRECTORY is that of package.json, config/ and native/build/; NODE is the one that will run it, this one if left out.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { bundleDaemon } from "./bundle/bundle-daemon.js";

const [directory, node = process.execPath] = process.argv.slice(2);
if (directory === undefined) throw new Error("usage: bundle-daemon.js DIRECTORY [NODE]");

await bundleDaemon(resolve(import.meta.dirname, "../dist"), resolve(directory, "dist"));
const storage = await mkdtemp(join(tmpdir(), "cudaprobe-bundle-"));
try {
  const script = join(import.meta.dirname, "bundle/compile-ahead.cjs");
  await promisify(execFile)(node, [script, resolve(directory, "dist"), storage], {
    timeout: 60_000,
  });
} finally {
  await rm(storage, { recursive: true, force: true });
}

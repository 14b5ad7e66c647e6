import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

const root = resolve(import.meta.dirname, "../..");
const nativeBuild = resolve(root, process.env["CUDAPROBE_NATIVE_BUILD"] ?? "native/build");

// These start the built daemon and other people's programs, and wait for them more than they work: two files at once, also on two cores.
export default defineConfig({
  root,
  test: {
    include: ["test/e2e/**/*.test.ts"],
    env: { CUDAPROBE_NATIVE_BUILD: nativeBuild },
    globalSetup: ["test/setup/build-native.ts", "test/setup/build-daemon.ts"],
    setupFiles: ["test/setup/no-process-left.ts"],
    maxWorkers: 2,
    // They share nothing but modules, whose loading takes longer than some of them.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A second would be less than a busy machine needs to draw a page.
    expect: { poll: { timeout: 20_000 } },
  },
});

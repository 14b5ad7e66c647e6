import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;

// Tests find the native programs by this variable; the sanitized build is chosen with it.
const nativeBuild = resolve(root, process.env["CUDAPROBE_NATIVE_BUILD"] ?? "native/build");

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/e2e/**"],
    env: { CUDAPROBE_NATIVE_BUILD: nativeBuild },
    globalSetup: ["test/setup/build-native.ts"],
    setupFiles: ["test/setup/no-process-left.ts"],
    restoreMocks: true,
    // Many tests start processes, and two busy cores take their time.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
  },
});

// What is compiled has no types, so those of the source are written here and not checked against it.
import { hostname } from "node:os";
import { resolve } from "node:path";
import { systemClock } from "../../../dist/base/clock.js";
import { createLifecycle } from "../../../dist/base/lifecycle.js";
import { createLogger } from "../../../dist/base/logger.js";
import { openDaemonState } from "../../../dist/commands/daemon-state.js";
import { openHost } from "../../../dist/commands/open-host.js";
import { readConfig } from "../../../dist/commands/session.js";

/** What the built daemon is made of, on the emulator, in this process. @param {string} configFile @param {string} storage */
export async function openBuilt(configFile, storage) {
  /** @type {import("../../../src/commands/serve-flags.ts").ServeFlags} */
  const flags = {
    driver: "emulator",
    "config.file": configFile,
    "storage.path": storage,
    "web.listenAddress": ["127.0.0.1:0"],
    "web.telemetryPath": "/metrics",
    "web.maxRequests": 40,
    "log.level": "info",
    "log.format": "json",
  };
  const io = makeIo();
  /** @type {import("../../../src/base/result.ts").Result<import("../../../src/config/config.ts").Config, number>} */
  const read = await readConfig(flags, io);
  if (!read.ok) throw new Error(`${configFile} is no configuration`);
  const config = read.value;
  const logger = createLogger({ level: "info", format: "json" });
  const lifecycle = createLifecycle();
  const modules = { io, logger, lifecycle };
  const host = await openHost(
    { driver: "emulator", storageDirectory: storage, config, startsAhead: true },
    modules,
  );
  const state = openDaemonState(host, { flags, config, version: "0.0.0" }, modules);
  return { io, config, logger, lifecycle, host, state };
}

function makeIo() {
  return {
    out: (/** @type {string} */ text) => process.stdout.write(text),
    error: (/** @type {string} */ text) => process.stderr.write(text),
    isTerminal: false,
    env: process.env,
    hostname: hostname(),
    pid: process.pid,
    nodeVersion: process.version,
    revision: "bench",
    clock: systemClock,
    packageDirectory: resolve(import.meta.dirname, "../../.."),
    onSignal: () => () => undefined,
    exitNow: (/** @type {number} */ code) => {
      throw new Error(`it is to end with ${code}`);
    },
  };
}

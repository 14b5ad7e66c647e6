import type { Lifecycle } from "../base/lifecycle.ts";
import type { Logger } from "../base/logger.ts";
import type { Config } from "../config/config.ts";
import type { Daemon } from "../daemon.ts";
import { findPauseFile } from "../execution/pause.ts";
import type { createApp } from "../http/app.ts";
import { endLeftovers } from "../runner/end-strays.ts";
import type { CommandIo } from "./io.ts";
import { openHost, type Host } from "./open-host.ts";
import { findStorageDirectory } from "./paths.ts";
import type { ServeFlags } from "./serve-flags.ts";
import type { ServiceManager } from "./service-manager.ts";
import { readVersion } from "./version.ts";

/** The daemon's parts, wired and not yet started. */
export interface ServeParts {
  readonly app: ReturnType<typeof createApp>;
  readonly daemon: Daemon;
  /** Looks at the host and schedules; from then on the daemon is ready. */
  readonly start: Daemon["start"];
}

export interface ServePartsInput {
  readonly flags: ServeFlags;
  readonly config: Config;
}

export interface ServePartsModules {
  readonly io: CommandIo;
  readonly logger: Logger;
  readonly lifecycle: Lifecycle;
  readonly manager: Pick<ServiceManager, "reloading" | "reloaded">;
}

/** Opens the host and puts the daemon and its HTTP side together. */
export async function openParts(
  { flags, config }: ServePartsInput,
  modules: ServePartsModules,
): Promise<ServeParts> {
  const { io, logger } = modules;
  const version = await readVersion(io.packageDirectory);
  const storageDirectory = findStorageDirectory(flags, io);
  const options = { driver: flags.driver, storageDirectory, config, startsAhead: true } as const;
  const host = await openHost(options, modules);
  announce(host, { config, version, logger });
  await beginLook(host, config, modules);
  // Not waited for: whoever is deaf has some seconds, and runs wait for the lane where it matters.
  void clearUp(modules);
  const { wireParts } = await import("./wire-parts.ts");
  return wireParts({ host, version, flags, config }, modules);
}

/** A child lists the devices while the rest is imported. */
async function beginLook(
  { facts }: Host,
  { gates }: Config,
  { lifecycle }: ServePartsModules,
): Promise<void> {
  if ((await findPauseFile(gates.pauseFile)) !== undefined) return;
  lifecycle.add("first look", facts.begin());
}

async function clearUp({ io, logger }: ServePartsModules): Promise<void> {
  const { count, gone } = await endLeftovers({ clock: io.clock });
  if (count === 0) return;
  logger.warn(
    { processes: count, gone },
    "a killed process had left some of its runs, which were ended",
  );
}

function announce(
  host: Host,
  {
    config,
    version,
    logger,
  }: { readonly config: Config; readonly version: string; readonly logger: Logger },
): void {
  logger.info({ version, config: config.file, storage: host.storage.directory }, "starting");
  if (host.backend === "emulator") {
    logger.warn(
      "THE EMULATOR STANDS IN FOR A GPU DRIVER: no figure of this process is a measurement",
    );
  }
}

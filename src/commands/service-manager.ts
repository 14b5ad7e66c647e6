import { join } from "node:path";
import type { Clock } from "../base/clock.ts";
import type { Logger } from "../base/logger.ts";
import { startCompanion, type Companion } from "../runner/companion.ts";
import type { CommandIo } from "./io.ts";
import { findNativeDirectory } from "./paths.ts";

/** What the service manager that started the daemon is told (sd_notify(3)); nothing where none did. */
export interface ServiceManager {
  /** The daemon serves. From then on the watchdog is fed. */
  readonly ready: () => void;
  /** The configuration is read again; nothing is told of it before the daemon is ready. */
  readonly reloading: () => void;
  /** It was read, whatever came of it. */
  readonly reloaded: () => void;
  readonly stopping: () => void;
  readonly close: () => Promise<void>;
}

const NOBODY: ServiceManager = {
  ready: () => undefined,
  reloading: () => undefined,
  reloaded: () => undefined,
  stopping: () => undefined,
  close: async () => Promise.resolve(),
};

/** Starts what speaks to the service manager, if there is one: it alone gets the name of its socket. */
export function openServiceManager(io: CommandIo, logger: Logger): ServiceManager {
  const { env, clock } = io;
  const socket = env["NOTIFY_SOCKET"];
  if (socket === undefined) return NOBODY;
  const companion = startCompanion(
    {
      file: join(findNativeDirectory(io), "notify"),
      env: { NOTIFY_SOCKET: socket },
      onTrouble: (text) => {
        logger.error({ why: text }, "the service manager is not told");
      },
    },
    { clock },
  );
  return tellAll(companion, { clock, watchdogSeconds: findWatchdogSeconds(io) });
}

function tellAll(
  { tell, close }: Companion,
  {
    clock,
    watchdogSeconds,
  }: { readonly clock: Clock; readonly watchdogSeconds: number | undefined },
): ServiceManager {
  let isReady = false;
  let stopFeeding: (() => void) | undefined;
  const feed = (seconds: number): void => {
    tell("watchdog");
    stopFeeding = clock.after(seconds, () => {
      feed(seconds);
    });
  };
  return {
    ready: () => {
      isReady = true;
      tell("ready");
      if (watchdogSeconds !== undefined) feed(watchdogSeconds / 2);
    },
    reloading: () => {
      if (isReady) tell("reloading");
    },
    reloaded: () => {
      if (isReady) tell("ready");
    },
    stopping: () => {
      tell("stopping");
    },
    close: async () => {
      stopFeeding?.();
      await close();
    },
  };
}

/** How long the daemon may be silent, as sd_watchdog_enabled(3) has it; undefined when nobody watches this process. */
function findWatchdogSeconds({ env, pid }: CommandIo): number | undefined {
  const microseconds = Number(env["WATCHDOG_USEC"] ?? "0");
  const isForUs = env["WATCHDOG_PID"] === undefined || env["WATCHDOG_PID"] === String(pid);
  return isForUs && microseconds > 0 ? microseconds / 1e6 : undefined;
}

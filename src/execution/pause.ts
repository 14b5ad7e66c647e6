import { lstat } from "node:fs/promises";
import { errorCode } from "../base/errors.ts";
import type { Clock } from "../base/clock.ts";
import type { Logger } from "../base/logger.ts";

/** Why nothing is started. */
export interface PauseState {
  readonly by: "file" | "request";
  /** For people. */
  readonly message: string;
  /** When it ends by itself, in seconds since 1970; undefined when somebody has to end it. */
  readonly untilSeconds: number | undefined;
}

/** Whether anything may be started at all; undefined when it may. */
export interface Pause {
  /** Looks for the file, too. Never rejects. */
  readonly check: () => Promise<PauseState | undefined>;
  /** What was so at the last check. */
  readonly latest: () => PauseState | undefined;
  /** Pauses for so long, or until it is resumed; takes the place of an earlier request. */
  readonly begin: (seconds: number | undefined) => Promise<PauseState | undefined>;
  /** Ends the pause that was requested; a file goes on pausing. */
  readonly end: () => Promise<PauseState | undefined>;
}

export interface PauseModules {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Hears the first state, and each that is another. */
  readonly changed: (isPaused: boolean) => void;
}

/** Not paused until a file or a request says so. `file` is asked at each check, since a reload may change it. */
export function createPause(file: () => string | undefined, modules: PauseModules): Pause {
  const { clock } = modules;
  let requested: PauseState | undefined;
  let cancelTimer: (() => void) | undefined;
  let latest: PauseState | undefined;
  let announced: string | undefined;

  const check = async (): Promise<PauseState | undefined> => {
    latest = (await findPauseFile(file())) ?? requested;
    const said = latest?.message ?? "";
    if (said !== announced) announce(latest, { ...modules, isFirst: announced === undefined });
    announced = said;
    return latest;
  };
  const request = async (next: PauseState | undefined): Promise<PauseState | undefined> => {
    cancelTimer?.();
    requested = next;
    return check();
  };
  return {
    check,
    latest: () => latest,
    begin: async (seconds) => {
      const untilSeconds = seconds === undefined ? undefined : clock.wallSeconds() + seconds;
      const state = request({ by: "request", message: "a request paused it", untilSeconds });
      if (seconds !== undefined) cancelTimer = clock.after(seconds, () => void request(undefined));
      return state;
    },
    end: async () => request(undefined),
  };
}

/** Whether the file is there, whatever it is; one that cannot be looked for pauses, too. */
export async function findPauseFile(file: string | undefined): Promise<PauseState | undefined> {
  if (file === undefined) return undefined;
  const code = await lstat(file).then(
    () => "",
    (error: unknown) => errorCode(error) ?? "unknown",
  );
  if (code === "ENOENT" || code === "ENOTDIR") return undefined;
  const what = code === "" ? "is there" : `cannot be looked for (${code})`;
  return { by: "file", message: `${file} ${what}`, untilSeconds: undefined };
}

function announce(
  state: PauseState | undefined,
  { logger, changed, isFirst }: PauseModules & { readonly isFirst: boolean },
): void {
  changed(state !== undefined);
  if (state !== undefined) {
    logger.info({ by: state.by, why: state.message }, "paused: nothing is started");
  } else if (!isFirst) logger.info("resumed");
}

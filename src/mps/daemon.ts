import { isRunningStat, readProcessStat } from "../base/process-stat.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { ServiceEnd, Service } from "../runner/service.ts";
import type { MpsControl } from "./control.ts";
import type { MpsDirectories } from "./directories.ts";
import { readLog } from "./read-log.ts";

/** An MPS daemon of our own, for one run. */
export interface MpsDaemon {
  /** What its clients are told as CUDA_MPS_PIPE_DIRECTORY. */
  readonly pipeDirectory: string;
  /** The pid of its server, which the first client makes it start. */
  readonly findServer: () => Promise<Result<number>>;
  /** Fulfilled when the daemon ends, whoever ends it. */
  readonly ended: Promise<unknown>;
  /** Whether the daemon or its server has gone, in words. */
  readonly findLoss: () => string | undefined;
  /** What it wrote to its logs last. */
  readonly lastWords: () => Promise<string>;
  /** Ends it in order, and removes its directories. */
  readonly end: () => Promise<ServiceEnd>;
}

/** What a daemon is made of. */
export interface MpsParts {
  readonly service: Service;
  readonly control: MpsControl;
  readonly directories: MpsDirectories;
}

/** How long the launcher may take to end once the daemon has said that it has. */
const END_SECONDS = 2;

/** A daemon that is ready. */
export function createDaemon({ service, control, directories }: MpsParts): MpsDaemon {
  let server: { readonly pid: number; readonly startTime: number } | undefined;
  return {
    pipeDirectory: directories.pipe,
    findServer: async () => {
      const found = await control.findServer();
      if (!found.ok) return found;
      const stat = readProcessStat(found.value);
      if (stat === undefined) return fail("the MPS server has ended");
      server = { pid: found.value, startTime: stat.startTime };
      return ok(found.value);
    },
    ended: service.ended,
    findLoss: () => {
      if (service.hasEnded()) return "the MPS daemon has ended";
      if (server === undefined) return undefined;
      const stat = readProcessStat(server.pid);
      const isThere = isRunningStat(stat) && stat?.startTime === server.startTime;
      return isThere ? undefined : "the MPS server has ended";
    },
    lastWords: async () => readLog(directories.log),
    end: async () => endDaemon({ service, control, directories }),
  };
}

/** By its own command first: servers that get a signal leave their clients, and the driver, in the middle of something. */
export async function endDaemon({ service, control, directories }: MpsParts): Promise<ServiceEnd> {
  // Also when the launcher has ended: if it was killed, the daemon may be there still.
  const asked = (await control.quit()).ok;
  const end = await service.end(asked ? END_SECONDS : 0);
  // One that is still there needs them.
  if (end.hung) void end.gone.then(directories.remove);
  else await directories.remove();
  return end;
}

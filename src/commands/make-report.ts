import { readHostFacts, type HostFacts } from "../devices/host.ts";
import type { Listing } from "../devices/device.ts";
import type { CommandIo } from "./io.ts";
import type { Report } from "./report.ts";
import { retype } from "./retype.ts";
import type { RunChoice } from "./run-target.ts";
import type { RunFlags } from "./run.ts";
import type { Session } from "./session.ts";
import { readVersion } from "./version.ts";

/** What figures are read with. */
export interface Facts {
  readonly listing: Listing | undefined;
  readonly host: HostFacts;
}

/** What is shown of runs, whatever they are of. */
export type Shown = Pick<Report, "result" | "tables" | "charts">;

/** What was asked for, and whether a signal ended it early. */
interface Request {
  readonly choice: RunChoice;
  readonly flags: RunFlags;
  readonly cutShort: string | undefined;
}

/** Puts together all that a person is told of runs. */
export async function makeReport(
  show: (facts: Facts) => Shown,
  { choice, flags, cutShort }: Request,
  { session, io }: { readonly session: Session; readonly io: CommandIo },
): Promise<Report> {
  return {
    ...show({ listing: session.host.facts.latest(), host: readHostFacts("/") }),
    cutShort,
    origin: {
      command: retype(choice, flags),
      version: await readVersion(io.packageDirectory),
      nodeVersion: io.nodeVersion,
      hostname: io.hostname,
      atSeconds: io.clock.wallSeconds(),
    },
  };
}

import type { EndedRun } from "../history/record.ts";

/** Which devices have a process of ours that would not die. */
export interface InFlight {
  /** Remembers a hung run until its processes are gone. */
  readonly watch: (record: EndedRun) => void;
  readonly has: (gpuUuid: string | undefined) => boolean;
  /** On any device, or of the host. */
  readonly any: () => boolean;
}

/** Nothing in flight. Runs of host scope share one place. */
export function createInFlight(): InFlight {
  const counts = new Map<string | undefined, number>();
  const change = (gpuUuid: string | undefined, by: number): void => {
    counts.set(gpuUuid, (counts.get(gpuUuid) ?? 0) + by);
  };
  const hold = async (gpuUuid: string | undefined, gone: Promise<void>): Promise<void> => {
    change(gpuUuid, 1);
    await gone;
    change(gpuUuid, -1);
  };
  return {
    watch: ({ target, end: { gone }, circumstances: { peerGpuUuids = [] } }) => {
      if (gone === undefined) return;
      for (const gpuUuid of [target.device?.gpuUuid, ...peerGpuUuids]) void hold(gpuUuid, gone);
    },
    has: (gpuUuid) => (counts.get(gpuUuid) ?? 0) > 0,
    any: () => [...counts.values()].some((count) => count > 0),
  };
}

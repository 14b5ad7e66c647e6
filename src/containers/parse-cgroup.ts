import { findContainerId } from "./container-id.ts";
import type { Owner } from "./owner.ts";
import { podUidOf } from "./pod-uid.ts";

/** What the kernel appends to the path of a control group that was removed under its processes. */
const REMOVED = / \(deleted\)$/;

/** The form in which containerd hands a group to systemd, which is made a folder where there is no systemd. */
const COLON_FORM = /\.slice:([^/:]+):/g;

const UNIT = /^.+\.(?:service|scope)$/;

/** Version 2 has the daemon of a node with several in front, version 1 behind. */
const SLURM_JOB =
  /(?:^|\/)(?:(?:[^/]+_)?slurmstepd\.scope|slurm(?:_[^/]+)?\/uid_\d+)\/job_(\d+)(?:\/|$)/;

/**
 * Finds whose a process is in its paths of /proc/PID/cgroup, one a line: one of version 2, several of version 1. Seen from another
 * cgroup namespace a path begins with `/..` or is `/`: what lies above is not known.
 */
export function parseCgroup(paths: string): Owner {
  const all = paths.split("\n").map(toSegments);
  const find = (what: (segments: readonly string[]) => string | undefined): string =>
    all.map(what).find((found) => found !== undefined) ?? "";
  const containerId = find(findContainerId);
  const podUid = find(findPodUid);
  const slurmJob = find(findSlurmJob);
  const isOwned = containerId !== "" || podUid !== "" || slurmJob !== "";
  return { containerId, podUid, slurmJob, systemdUnit: isOwned ? "" : find(findUnit) };
}

function toSegments(path: string): readonly string[] {
  const folders = path.replace(REMOVED, "").replaceAll(COLON_FORM, ".slice/$1/");
  return folders.split("/").filter((segment) => segment !== "");
}

function findPodUid(segments: readonly string[]): string | undefined {
  return segments.map(podUidOf).findLast((uid) => uid !== undefined);
}

function findSlurmJob(segments: readonly string[]): string | undefined {
  return SLURM_JOB.exec(segments.join("/"))?.[1];
}

/** The innermost: a person's service lies in that person's manager, which is a service too. */
function findUnit(segments: readonly string[]): string | undefined {
  return segments.findLast((segment) => UNIT.test(segment));
}

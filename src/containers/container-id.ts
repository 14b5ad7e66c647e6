import { podUidOf } from "./pod-uid.ts";

const ID = /^[0-9a-f]{64}$/;

/** A container's own group with systemd. That of `conmon`, which watches over a container, is none. */
const SCOPE =
  /^(?:docker|nerdctl|cri-containerd|crio|libpod|libpod-payload)-([0-9a-f]{64})(?:\.scope)?$/;

/**
 * Folders in which a bare id is a container's: a runtime's, a namespace's of containerd, and what a cgroup namespace hides; a pod's is
 * another, and so is a task's of ECS.
 */
const PARENTS: ReadonlySet<string> = new Set([
  "docker",
  "cri-containerd",
  "crio",
  "default",
  "k8s.io",
  "moby",
  "nomad",
  "..",
]);

/** systemd-nspawn registers a machine, or is started as a service. A virtual machine is registered too, but has no payload. */
const MACHINE = /^(?:machine-(.+)\.scope|systemd-nspawn@(.+)\.service)$/;

/** The innermost container of a path, since containers may hold containers. */
export function findContainerId(segments: readonly string[]): string | undefined {
  const ids = segments.map(
    (segment, index) =>
      bareId(segment, segments[index - 1]) ??
      taskId(segment, segments[index - 2]) ??
      SCOPE.exec(segment)?.[1] ??
      machineName(segment, segments[index + 1]),
  );
  return ids.findLast((id) => id !== undefined);
}

function bareId(segment: string, parent = ""): string | undefined {
  const isContainer = PARENTS.has(parent) || podUidOf(parent) !== undefined;
  return isContainer && ID.test(segment) ? segment : undefined;
}

/** `/ecs/TASK/ID`. */
function taskId(segment: string, grandparent: string | undefined): string | undefined {
  return grandparent === "ecs" && ID.test(segment) ? segment : undefined;
}

function machineName(segment: string, child: string | undefined): string | undefined {
  if (child !== "payload") return undefined;
  const [, registered, started] = MACHINE.exec(segment) ?? [];
  return (registered ?? started)?.replaceAll(/\\x([0-9a-f]{2})/g, decodeByte);
}

/** systemd writes what has a meaning in names of units as `\x2d`. */
function decodeByte(_: string, digits: string): string {
  return String.fromCodePoint(Number.parseInt(digits, 16));
}

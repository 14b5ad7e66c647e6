/**
 * A UUID, in which systemd has _ in place of -, or the hash that stands for one with pods from the kubelet's own files. A kubelet in a
 * container has names of its own in front.
 */
const POD =
  /^(?:.+-)?pod([0-9a-f]{8}(?:[-_][0-9a-f]{4}){3}[-_][0-9a-f]{12}|[0-9a-f]{32})(?:\.slice)?$/;

/** The UID of the pod that a folder of the kubelet's is of, as Kubernetes writes it. */
export function podUidOf(segment: string): string | undefined {
  return POD.exec(segment)?.[1]?.replaceAll("_", "-");
}

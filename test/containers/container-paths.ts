import type { Owner } from "../../src/containers/owner.ts";

export const A = "0f4ff3b1c7c6a7e63b7e5f2f1f3b1d0a5e8e2c9d7b6a5948372615049f8e7d6c";
const B = "9c1185a5c5e9fc54612808977ee8f548b2258d31e9b0c5a7d3f1e2d3c4b5a697";
export const POD = "6f1b3c52-84a1-4e0d-9d6e-2f0c5b7a9e13";
export const POD_OF_SYSTEMD = POD.replaceAll("-", "_");
/** Of a pod from the kubelet's own files. */
const STATIC_POD = "a1f4c1e8d0b94c0f8f6e7b2c3d4e5f60";

export type Row = readonly [what: string, paths: string, owner: Partial<Owner>];

/** `paths` as a probe sends them: each path once, in the order of /proc/PID/cgroup. */
export const IN_CONTAINERS: readonly Row[] = [
  ["docker, cgroupfs", `/docker/${A}`, { containerId: A }],
  ["docker, cgroupfs, version 1", `/docker/${A}\n/`, { containerId: A }],
  ["docker, systemd", `/system.slice/docker-${A}.scope`, { containerId: A }],
  ["docker, systemd, version 1", `/\n/system.slice/docker-${A}.scope`, { containerId: A }],
  ["docker, a group in the container", `/system.slice/docker-${A}.scope/init`, { containerId: A }],
  ["docker, rootless", userManager(`user.slice/docker-${A}.scope`), { containerId: A }],
  ["docker, under a parent of the user's", `/jobs.slice/docker-${A}.scope`, { containerId: A }],
  ["docker, of Nomad", `/nomad/${A}`, { containerId: A }],
  ["nerdctl", `/system.slice/nerdctl-${A}.scope`, { containerId: A }],
  ["containerd, a namespace of its own", `/default/${A}`, { containerId: A }],
  ["containerd, that of Kubernetes", `/k8s.io/${A}`, { containerId: A }],
  ["ECS", `/ecs/0a1b2c3d4e5f/${A}`, { containerId: A }],
  ["docker in docker, cgroupfs", `/docker/${A}/docker/${B}`, { containerId: B }],
  ["docker in docker, systemd", `/system.slice/docker-${A}.scope/docker/${B}`, { containerId: B }],
  ["docker, group removed", `/docker/${A} (deleted)`, { containerId: A }],

  ["k8s cgroupfs, guaranteed", `/kubepods/pod${POD}/${A}`, { containerId: A, podUid: POD }],
  [
    "k8s cgroupfs, burstable",
    `/kubepods/burstable/pod${POD}/${A}`,
    { containerId: A, podUid: POD },
  ],
  [
    "k8s cgroupfs, besteffort",
    `/kubepods/besteffort/pod${POD}/${A}`,
    { containerId: A, podUid: POD },
  ],
  [
    "k8s cgroupfs, cri-o",
    `/kubepods/burstable/pod${POD}/crio-${A}`,
    { containerId: A, podUid: POD },
  ],
  [
    "k8s cgroupfs, a pod from a file",
    `/kubepods/burstable/pod${STATIC_POD}/${A}`,
    { containerId: A, podUid: STATIC_POD },
  ],
  [
    "k8s cgroupfs, a node in docker",
    `/docker/${A}/kubelet/kubepods/besteffort/pod${POD}/${B}`,
    { containerId: B, podUid: POD },
  ],
  [
    "k8s systemd, guaranteed, containerd",
    `/kubepods.slice/kubepods-pod${POD_OF_SYSTEMD}.slice/cri-containerd-${A}.scope`,
    { containerId: A, podUid: POD },
  ],
  ["k8s systemd, burstable, containerd", pod("burstable", `cri-containerd-${A}.scope`), inPod()],
  ["k8s systemd, besteffort, containerd", pod("besteffort", `cri-containerd-${A}.scope`), inPod()],
  ["k8s systemd, burstable, docker", pod("burstable", `docker-${A}.scope`), inPod()],
  ["k8s systemd, besteffort, cri-o", pod("besteffort", `crio-${A}.scope`), inPod()],
  ["k8s systemd, cri-o with crun", pod("burstable", `crio-${A}.scope/container`), inPod()],
  [
    "k8s systemd, version 1",
    `/${pod("burstable", `cri-containerd-${A}.scope`)}\n/system.slice/containerd.service`,
    inPod(),
  ],
  [
    "k8s systemd, what watches over a container of cri-o",
    pod("burstable", `crio-conmon-${A}.scope`),
    { podUid: POD },
  ],
  ["k8s systemd, nothing but the pod", pod("burstable", ""), { podUid: POD }],
  [
    "k8s systemd, a node in docker",
    `/docker/${A}/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-burstable.slice/kubelet-kubepods-burstable-pod${POD_OF_SYSTEMD}.slice/cri-containerd-${B}.scope`,
    { containerId: B, podUid: POD },
  ],
  [
    "k8s, containerd's colons",
    `/system.slice/containerd.service/kubepods-burstable-pod${POD_OF_SYSTEMD}.slice:cri-containerd:${A}`,
    inPod(),
  ],
  [
    "k8s, containerd's colons, guaranteed, at the root",
    `/kubepods-pod${POD_OF_SYSTEMD}.slice:cri-containerd:${A}`,
    inPod(),
  ],
  ["docker, colons", `/system.slice:docker:${A}`, { containerId: A }],

  ["podman", `/machine.slice/libpod-${A}.scope`, { containerId: A }],
  ["podman with crun", `/machine.slice/libpod-${A}.scope/container`, { containerId: A }],
  ["podman, cgroupfs", `/libpod_parent/libpod-${A}`, { containerId: A }],
  ["podman, rootless", userManager(`user.slice/libpod-${A}.scope/container`), { containerId: A }],
  [
    "podman in a unit of its own",
    `/system.slice/model.service/libpod-payload-${A}`,
    { containerId: A },
  ],
  [
    "what watches over a container of podman",
    `/machine.slice/libpod-conmon-${A}.scope`,
    { systemdUnit: `libpod-conmon-${A}.scope` },
  ],

  ["nspawn, registered", "/machine.slice/machine-web.scope/payload", { containerId: "web" }],
  [
    "nspawn, registered, with a service inside",
    String.raw`/machine.slice/machine-web\x2d1.scope/payload/system.slice/nginx.service`,
    { containerId: "web-1" },
  ],
  [
    "nspawn, a service",
    String.raw`/machine.slice/systemd-nspawn@gpu\x2djob.service/payload`,
    { containerId: "gpu-job" },
  ],
  [
    "what watches over nspawn",
    "/machine.slice/systemd-nspawn@web.service/supervisor",
    { systemdUnit: "systemd-nspawn@web.service" },
  ],
];

export function userManager(path: string): string {
  return `/user.slice/user-1000.slice/user@1000.service/${path}`;
}

function pod(quality: string, scope: string): string {
  return `/kubepods.slice/kubepods-${quality}.slice/kubepods-${quality}-pod${POD_OF_SYSTEMD}.slice/${scope}`;
}

function inPod(): Partial<Owner> {
  return { containerId: A, podUid: POD };
}

export function unit(systemdUnit: string): Partial<Owner> {
  return { systemdUnit };
}

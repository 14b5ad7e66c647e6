import { describe, expect, it } from "vitest";
import type { Owner } from "../../src/containers/owner.ts";
import { parseCgroup } from "../../src/containers/parse-cgroup.ts";
import {
  A,
  IN_CONTAINERS,
  POD,
  POD_OF_SYSTEMD,
  type Row,
  unit,
  userManager,
} from "./container-paths.ts";

const IN_JOBS_AND_UNITS: readonly Row[] = [
  [
    "Slurm, version 2",
    "/system.slice/slurmstepd.scope/job_1234/step_0/user/task_0",
    { slurmJob: "1234" },
  ],
  [
    "Slurm, version 2, several daemons a node",
    "/system.slice/node17_slurmstepd.scope/job_1234/step_batch/user/task_0",
    { slurmJob: "1234" },
  ],
  ["Slurm, version 1", "/slurm/uid_1000/job_77/step_0/task_0", { slurmJob: "77" }],
  [
    "Slurm, version 1, several daemons a node",
    "/slurm_node17/uid_1000/job_77/step_batch/task_0",
    { slurmJob: "77" },
  ],
  [
    "Slurm, version 1, in some controllers",
    "/system.slice/slurmd.service\n/slurm/uid_1000/job_77/step_extern\n/",
    { slurmJob: "77" },
  ],
  [
    "a container in a Slurm job",
    `/system.slice/slurmstepd.scope/job_1234/step_0/user/task_0/libpod-${A}`,
    { slurmJob: "1234", containerId: A },
  ],

  [
    "Nomad",
    "/nomad.slice/8f2a6c1e-93b4-4b0a-8f57-3a1d2c4b5e6f.trainer.scope",
    { systemdUnit: "8f2a6c1e-93b4-4b0a-8f57-3a1d2c4b5e6f.trainer.scope" },
  ],
  [
    "Nomad with shared cores",
    "/nomad.slice/share.slice/8f2a6c1e-93b4-4b0a-8f57-3a1d2c4b5e6f.trainer.scope",
    { systemdUnit: "8f2a6c1e-93b4-4b0a-8f57-3a1d2c4b5e6f.trainer.scope" },
  ],
  ["Nomad with docker", `/nomad.slice/docker-${A}.scope`, { containerId: A }],

  ["a service", "/system.slice/triton.service", { systemdUnit: "triton.service" }],
  ["a service's own groups", "/system.slice/triton.service/workers/3", unit("triton.service")],
  ["a service, version 1", "/\n/system.slice/triton.service", unit("triton.service")],
  [
    "a service from a template",
    "/system.slice/system-vllm.slice/vllm@8b.service",
    unit("vllm@8b.service"),
  ],
  [
    "a service with a colon in its name",
    "/system.slice/dbus-:1.2-org.freedesktop.problems@0.service",
    unit("dbus-:1.2-org.freedesktop.problems@0.service"),
  ],
  ["a service that was removed", "/system.slice/triton.service (deleted)", unit("triton.service")],
  ["the system's manager", "/init.scope", unit("init.scope")],
  ["a session", "/user.slice/user-1000.slice/session-3.scope", unit("session-3.scope")],
  [
    "a session, version 1",
    "/user.slice\n/user.slice/user-1000.slice/session-3.scope",
    unit("session-3.scope"),
  ],
  ["a person's manager", userManager("init.scope"), unit("init.scope")],
  ["a person's service", userManager("app.slice/jupyter.service"), unit("jupyter.service")],
  [
    "a virtual machine",
    String.raw`/machine.slice/machine-qemu\x2d1\x2ddev.scope/libvirt/emulator`,
    unit(String.raw`machine-qemu\x2d1\x2ddev.scope`),
  ],

  ["another container, from the namespace of one, cgroupfs", `/../${A}`, { containerId: A }],
  [
    "another container, from the namespace of one, systemd",
    `/../docker-${A}.scope`,
    { containerId: A },
  ],
  [
    "another service, from the namespace of a container",
    "/../triton.service",
    unit("triton.service"),
  ],
  [
    "another pod, from the namespace of one, cgroupfs",
    `/../../pod${POD}/${A}`,
    { containerId: A, podUid: POD },
  ],
  [
    "another pod, from the namespace of one, systemd",
    `/../../kubepods-besteffort-pod${POD_OF_SYSTEMD}.slice/cri-containerd-${A}.scope`,
    { containerId: A, podUid: POD },
  ],
];

const NOBODY: readonly (readonly [what: string, paths: string])[] = [
  ["no control group", ""],
  ["the root", "/"],
  ["the root of our own namespace, several controllers", "/\n/"],
  ["what our own namespace hides", "/.."],
  ["a slice", "/user.slice/user-1000.slice"],
  ["64 hexadecimal digits in a folder of somebody's", `/jobs/${A}`],
  ["64 hexadecimal digits at the root", `/${A}`],
  ["64 hexadecimal digits under another runtime's name", `/dockers/${A}`],
  ["63 of them", `/docker/${A.slice(1)}`],
  ["65 of them", `/docker/${A}0`],
  ["digits in capitals", `/docker/${A.toUpperCase()}`],
  ["a builder of docker", "/docker/buildkit/pzc5x2sr6ajf2jkqj5nqv3yjk"],
  ["a slice with a runtime's name", `/docker-${A}.slice`],
  ["a word that begins like a pod", "/kubepods/podcast"],
  ["a pod with a short UID", `/kubepods/pod${POD.slice(0, -1)}`],
  ["a job of somebody else's", "/batch/job_77/step_0"],
  ["a Slurm job without a number", "/slurm/uid_1000/job_x"],
  ["Slurm's folder of a user", "/slurm/uid_1000"],
];

const NONE: Owner = { containerId: "", podUid: "", slurmJob: "", systemdUnit: "" };

describe("the owner of a process", () => {
  it.each([...IN_CONTAINERS, ...IN_JOBS_AND_UNITS])("is found for %s", (_, paths, owner) => {
    expect(parseCgroup(paths)).toEqual({ ...NONE, ...owner });
  });

  it.each(NOBODY)("is not made up for %s", (_, paths) => {
    expect(parseCgroup(paths)).toEqual(NONE);
  });
});

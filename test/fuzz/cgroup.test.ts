import { array, constantFrom, oneof, property, string, stringMatching } from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCgroup } from "../../src/containers/parse-cgroup.ts";
import { A, IN_CONTAINERS, POD } from "../containers/container-paths.ts";
import { fuzz, FUZZ_LIMIT_MS, watched } from "./fuzz.ts";

const PATHS = IN_CONTAINERS.map(([, paths]) => paths);

/** What the names of control groups are made of. */
const PIECES = [
  ...`/ docker- ${A} ${A.slice(1)} pod${POD} .scope .slice .service \n .. : (deleted) job_ 7 uid_0`.split(
    " ",
  ),
  ..."slurmstepd.scope slurm_ cri-containerd- kubepods machine- payload \\x2d \\x00 \\xff ecs".split(
    " ",
  ),
  ` ${"/a".repeat(2000)}`,
  "-pod".repeat(2000),
  ".slice:a".repeat(2000),
  "\0",
  "\ud800",
  "é",
  " (deleted)",
] as const;

const pieces = array(oneof(constantFrom(...PIECES), string({ maxLength: 4 })), { maxLength: 12 });

describe("the paths of control groups", () => {
  test("of any text are an owner of the right form, at once", { timeout: FUZZ_LIMIT_MS }, () => {
    fuzz(
      property(
        constantFrom("", ...PATHS),
        pieces,
        constantFrom("/", ""),
        (paths, parts, between) => {
          expect(faultsOf([paths, ...parts].join(between))).toEqual([]);
        },
      ),
    );
  });

  test(
    "name a container wherever in a tree of other folders it lies, and beside whatever other paths",
    { timeout: FUZZ_LIMIT_MS },
    () => {
      const folders = array(stringMatching(/^[a-z]{1,8}(\.slice)?$/), { maxLength: 5 });
      fuzz(
        property(folders, folders, folders, (above, below, beside) => {
          const path = `/${[...above, `docker-${A}.scope`, ...below].join("/")}`;
          const other = `/${beside.join("/")}`;
          for (const paths of [path, `${other}\n${path}`, `${path}\n${other}`]) {
            expect(parseCgroup(paths)).toMatchObject({ containerId: A, systemdUnit: "" });
          }
        }),
      );
    },
  );

  test("of a million characters are read at once", () => {
    for (const part of ["/a", "-pod", ".slice:a", "/a_", ".service", "\n", `/docker-${A}`]) {
      const owner = watched(() => parseCgroup(part.repeat(1_000_000 / part.length)));
      expect(owner.podUid).toBe("");
    }
  });
});

function faultsOf(paths: string): readonly string[] {
  const owner = watched(() => parseCgroup(paths));
  const { containerId, podUid, slurmJob, systemdUnit } = owner;
  const isOwned = containerId !== "" || podUid !== "" || slurmJob !== "";
  const faults = {
    "another answer to the same text": JSON.stringify(parseCgroup(paths)) !== JSON.stringify(owner),
    "a pod that is none": !/^([0-9a-f-]{36}|[0-9a-f]{32})?$/.test(podUid),
    "a job that is none": !/^\d*$/.test(slurmJob),
    "a container of several folders": containerId.length > paths.length,
    "a unit that is none": systemdUnit !== "" && !/\.(service|scope)$/.test(systemdUnit),
    "a unit beside an owner": isOwned && systemdUnit !== "",
  };
  return Object.entries(faults).flatMap(([fault, found]) => (found ? [fault] : []));
}

import { expect, test } from "vitest";
import { toRow } from "../../scripts/bench/probes/allocations.js";
import { parseProfile } from "../../scripts/bench/probes/callgrind.js";
import { isProbe } from "../../scripts/bench/probes/sizes.js";

const PROFILE = `# callgrind format
version: 1
desc: Trigger: --dump-before=cuInit

positions: line
events: Ir
summary: 1150

ob=/probes/cold_start
fl=cold_start.cpp
fn=main
76 40
+3 10
cob=/lib/libc.so.6
cfi=dlopen.c
cfn=dlopen
calls=1 77
* 1100
-2 50

ob=/lib/libc.so.6
fl=dlopen.c
fn=dlopen
77 1050

totals: 1150
`;

test("instructions are counted where they were spent, and what callees took is not counted twice", () => {
  const { instructions, byObject } = parseProfile(PROFILE);

  expect(instructions).toBe(1150);
  expect([...byObject]).toEqual([
    ["/probes/cold_start", 100],
    ["/lib/libc.so.6", 1050],
  ]);
});

test("what is no profile is no profile of nothing", () => {
  expect(() => parseProfile("version: 1\n")).toThrow("no profile");
});

test("a probe that asks for memory in any phase misses the target, whatever its driver asks for", () => {
  const thrifty = toRow("cold_start", "spawn 0 0\ninit 0 1078");
  const hoarder = toRow("hoarder", "spawn 0 0\ntake 2 0\ncopy 1 4");

  expect(thrifty).toMatchObject({ ours: 0, met: true });
  expect(hoarder).toMatchObject({ ours: 3, met: false });
  expect(hoarder.detail).toContainEqual({ phase: "copy", ours: 1, theirs: 4 });
});

test("without a single phase there is no verdict that all is well", () => {
  expect(toRow("cold_start", "")).not.toMatchObject({ met: true });
});

test("objects beside the probes are none, nor is what has the CUDA runtime in it", () => {
  const names = ["cold_start", "cold_start.o", "cold_start.d", "cold_start_cudart", "density"];

  expect(names.filter((name) => isProbe(name))).toEqual(["cold_start", "density"]);
});

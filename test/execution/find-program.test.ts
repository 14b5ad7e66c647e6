import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Target } from "../../src/config/config.ts";
import { findProgram } from "../../src/execution/find-program.ts";
import { coldStart } from "../../src/probes/cold-start.ts";
import { makeTarget } from "../metrics/records.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

const PLACES = { nativeDirectory: "/nowhere" };

function targetOf(options: Readonly<Record<string, unknown>>): Target {
  return makeTarget(0, { kind: coldStart, options });
}

describe("findProgram", () => {
  test("has nothing to look for where the kind's own program is started", async () => {
    expect(await findProgram(targetOf({}), PLACES)).toEqual({ ok: true, value: "" });
  });

  test("finds a name where probes look for programs", async () => {
    const found = await findProgram(targetOf({ runtime: "torch", python: "sh" }), PLACES);
    expect(found).toMatchObject({ ok: true, value: expect.stringMatching(/^\/.*bin\/sh$/) });
  });

  test("says where it has looked for a name in vain", async () => {
    const found = await findProgram(targetOf({ runtime: "jax", python: "no-python" }), PLACES);
    const message = expect.stringMatching(/no-python in \/usr\/local\/bin:.*frameworks\.python/);
    expect(found).toEqual({ ok: false, error: { reason: "framework_missing", message } });
  });

  test("finds a path that can be executed, and no other", async () => {
    await using directory = await makeTemporaryDirectory();
    const python = join(directory.path, "python");
    await writeFile(python, "#!/bin/sh\n");
    const target = targetOf({ runtime: "torch", python });
    expect(await findProgram(target, PLACES)).toMatchObject({ ok: false });
    await chmod(python, 0o755);
    expect(await findProgram(target, PLACES)).toEqual({ ok: true, value: python });
  });

  test("says what builds the program of the CUDA runtime where it is not built", async () => {
    const found = await findProgram(targetOf({ runtime: "cudart" }), PLACES);
    const message = expect.stringMatching(
      /no program \/nowhere\/probes\/cold_start_cudart; .*nvcc/,
    );
    expect(found).toEqual({ ok: false, error: { reason: "framework_missing", message } });
  });
});

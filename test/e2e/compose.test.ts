import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { mountsOf, parseCompose } from "../support/compose.ts";

const compose = await parseCompose("compose.yaml");

/** The files of a service where it sees them, below a directory. It goes with its scope. */
async function layOut(service: string): Promise<AsyncDisposable & { readonly root: string }> {
  const root = await mkdtemp(join(tmpdir(), "cudaprobe-compose-"));
  for (const { source, target } of mountsOf(compose, service).filter(({ isVolume }) => !isVolume)) {
    await mkdir(dirname(join(root, target)), { recursive: true });
    await cp(source, join(root, target), { recursive: true });
  }
  return { root, [Symbol.asyncDispose]: async () => rm(root, { recursive: true }) };
}

/** The file that a service is told to read, below the directory. */
function configFile(service: string, root: string): string {
  const flag = compose.services[service]?.command.find((each) => each.startsWith("--config.file="));
  return join(root, flag?.split("=")[1] ?? "");
}

async function check(
  program: string,
  args: readonly string[],
): Promise<{ failed: boolean; all: string }> {
  const { failed, all } = await execa(program, args, { reject: false, all: true });
  return { failed, all };
}

describe("what compose has Prometheus and Alertmanager read", () => {
  it("is a configuration with rules, to promtool", async () => {
    await using files = await layOut("prometheus");
    const file = configFile("prometheus", files.root);
    const checked = await check("promtool", ["check", "config", file]);
    expect(checked).toMatchObject({ failed: false });
    expect(checked.all).toMatch(/cudaprobe\.rules\.yml[^]*SUCCESS: \d+ rules found/);
  });

  it("is refused by promtool where the rules are missing", async () => {
    await using files = await layOut("prometheus");
    await rm(join(files.root, "etc/prometheus/rules"), { recursive: true });
    const file = configFile("prometheus", files.root);
    expect(await check("promtool", ["check", "config", file])).toMatchObject({ failed: true });
  });

  it("is a configuration to amtool", async () => {
    await using files = await layOut("alertmanager");
    const file = configFile("alertmanager", files.root);
    const checked = await check("amtool", ["check-config", file]);
    expect(checked).toMatchObject({ failed: false });
    expect(checked.all).toContain("1 receivers");
    await writeFile(file, "route: { receiver: nobody }\n");
    expect(await check("amtool", ["check-config", file])).toMatchObject({ failed: true });
  });
});

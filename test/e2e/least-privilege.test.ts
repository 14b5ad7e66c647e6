import { chown, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nativeFile } from "../support/native.ts";

const MAIN = resolve(import.meta.dirname, "../../dist/main.js");
const NOBODY = 65534;

/** As a daemon should run: no privilege, none to be had, and no groups. */
const UNPRIVILEGED = [
  "setpriv",
  `--reuid=${NOBODY}`,
  `--regid=${NOBODY}`,
  "--clear-groups",
  "--inh-caps=-all",
  "--bounding-set=-all",
  "--no-new-privs",
];
/** /proc without the processes of others, as under systemd's ProtectProc=invisible. */
const PROC_HIDDEN = [
  "unshare",
  "--mount",
  "sh",
  "-c",
  'mount -t proc -o hidepid=2 proc /proc && exec "$@"',
  "sh",
];

let directory = "";

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "cudaprobe-nobody-"));
  await chown(directory, NOBODY, NOBODY);
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

/** Only root can become somebody else. */
describe.runIf(process.getuid?.() === 0)("a user without any privilege", () => {
  test.each([
    "cold_start --jit-cache=cold",
    "cold_start --page-cache=cold",
    "footprint",
    "footprint --mps",
    "process_memory",
    "density --max-instances=2",
    "function_ipc",
    "cuda_ipc",
  ])("can run %s", async (kind) => {
    const { exitCode, stderr } = await runAsNobody(kind);
    expect(`${String(exitCode)} ${stderr}`).toMatch(/^0 /);
  });

  test("sees who holds the memory by name, though it is another's process", async () => {
    const { stdout } = await runAsNobody("process_memory");
    expect(namesIn(stdout)).toContain(await nameOfTheFirst());
  });

  test("sees no names where /proc hides what is another's, and still the memory", async () => {
    const { stdout, exitCode } = await runAsNobody("process_memory", PROC_HIDDEN);
    expect(exitCode).toBe(0);
    expect(namesIn(stdout)).not.toContain(await nameOfTheFirst());
    expect(stdout).toMatch(/GPU 0 +1 .* 4 GiB/);
  });

  test("leaves nothing that another user can read or write into", async () => {
    await runAsNobody("cold_start");
    const state = join(directory, "state");
    expect((await stat(state)).mode & 0o777).toBe(0o700);
    const names = ["home", "no-mps", "cuda-cache"];
    expect(await readdir(state)).toEqual(expect.arrayContaining([...names, "lane.lock"]));
    const modes = names.map(async (name) => (await stat(join(state, name))).mode & 0o777);
    expect(await Promise.all(modes)).toEqual([0o700, 0o700, 0o700]);
  });
});

interface End {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

async function runAsNobody(kind: string, around: readonly string[] = []): Promise<End> {
  const command = [process.execPath, MAIN, "run", ...kind.split(" "), "--iterations=1"];
  const words = [...around, ...UNPRIVILEGED, ...command, "--driver=emulator"];
  const { exitCode, stdout, stderr } = await execa("env", words, {
    cwd: "/",
    reject: false,
    extendEnv: false,
    env: {
      PATH: process.env["PATH"] ?? "",
      STATE_DIRECTORY: join(directory, "state"),
      TMPDIR: directory,
      CUDAPROBE_NATIVE_BUILD: nativeFile(""),
    },
  });
  return { exitCode, stdout, stderr };
}

/** What the emulator's own tenant, process 1, is called. */
async function nameOfTheFirst(): Promise<string> {
  const { stdout } = await execa("cat", ["/proc/1/comm"]);
  return stdout.trim();
}

function namesIn(table: string): readonly string[] {
  return [...table.matchAll(/^GPU \d+ +\d+ +(\S+)/gm)].map(([, name = ""]) => name);
}

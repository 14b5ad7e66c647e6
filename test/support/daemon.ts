import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execa } from "execa";
import type { EmulatorDirectory } from "./emulator.ts";
import { followLines } from "./follow-lines.ts";
import { nativeFile } from "./native.ts";
import { replaceFile } from "./replace-file.ts";
import { killAllOf, untilNoneLeft } from "./processes.ts";

const MAIN = resolve(import.meta.dirname, "../../dist/main.js");

/** How to start the built daemon. */
export interface DaemonSetting {
  /** The text of the config. */
  readonly config: string;
  /** What stands in for the driver; without it the daemon looks for NVIDIA's. */
  readonly emulator?: EmulatorDirectory;
  readonly flags?: readonly string[];
  /** What its environment has beside what it needs. */
  readonly env?: Readonly<Record<string, string>>;
  /** One of its own when left out. */
  readonly storageDirectory?: string;
  /** A command that runs it, in place of this process. */
  readonly under?: readonly string[];
}

/** What a daemon answered. */
export interface DaemonAnswer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

/** A running daemon, watched through its log. It goes with its scope, and with it all that it started. */
export interface RunningDaemon extends AsyncDisposable {
  readonly pid: number;
  /** Where it listens, as `host:port`. */
  readonly address: string;
  readonly configFile: string;
  readonly storageDirectory: string;
  /** Where it and its programs put their temporary files. */
  readonly temporaryDirectory: string;
  /** The lines of its log so far. */
  readonly log: readonly string[];
  /** Waits for a log line that contains all of these, from the given line on; its index. */
  readonly logged: (parts: readonly string[], from?: number) => Promise<number>;
  /** Reads its log no further, as when whoever reads it has ended. */
  readonly closeLog: () => void;
  readonly get: (path: string) => Promise<DaemonAnswer>;
  /** Asks by other methods, or with headers. */
  readonly ask: (path: string, request: RequestInit) => Promise<DaemonAnswer>;
  /** The text at /metrics. */
  readonly scrape: () => Promise<string>;
  readonly configure: (config: string) => Promise<void>;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Its exit code; undefined when a signal ended it. */
  readonly ended: Promise<number | undefined>;
}

/** Starts `cudaprobe serve` on a free port of 127.0.0.1, logging at debug, and waits until it listens. */
export async function startDaemon(setting: DaemonSetting): Promise<RunningDaemon> {
  const directory = await mkdtemp(join(tmpdir(), "cudaprobe-daemon-"));
  const { storageDirectory = join(directory, "state") } = setting;
  const configFile = join(directory, "cudaprobe.yml");
  const temporaryDirectory = join(directory, "tmp");
  const configure = async (config: string): Promise<void> => replaceFile(configFile, config);
  await Promise.all([configure(setting.config), mkdir(temporaryDirectory)]);
  const [file, ...under] = [...(setting.under ?? []), process.execPath];
  const child = execa({
    reject: false,
    buffer: false,
    extendEnv: false,
    // It is to end by itself when it is asked to.
    forceKillAfterDelay: false,
    stdin: "ignore",
    env: { ...environment(setting.emulator), TMPDIR: temporaryDirectory, ...setting.env },
  })(file, [
    ...under,
    MAIN,
    "serve",
    ...driverFlags(setting.emulator),
    `--config.file=${configFile}`,
    `--storage.path=${storageDirectory}`,
    "--web.listen-address=127.0.0.1:0",
    "--log.level=debug",
    ...(setting.flags ?? []),
  ]);
  const log = followLines(child.stderr);
  const line = await log.until(["listening", "address"]);
  const [, address = ""] = /address"?[=:]"?([^\s",}]+)/.exec(log.lines[line] ?? "") ?? [];
  const ask: RunningDaemon["ask"] = async (path, request) => {
    const response = await fetch(`http://${address}${path}`, request);
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
  const get: RunningDaemon["get"] = async (path) => ask(path, {});
  const ended = child.then(({ exitCode }) => exitCode);
  return {
    pid: child.pid ?? 0,
    address,
    configFile,
    storageDirectory,
    temporaryDirectory,
    log: log.lines,
    logged: log.until,
    closeLog: () => child.stderr.destroy(),
    get,
    ask,
    scrape: async () => (await get("/metrics")).text,
    configure,
    signal: (name) => {
      child.kill(name);
    },
    ended,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await ended;
      await Promise.all([killAllOf(directory), killAllOf(storageDirectory)]);
      await rm(directory, { recursive: true, force: true });
      refuseBugs(log.lines);
    },
  };
}

/** What came of a command. */
export interface CommandEnd {
  readonly exitCode: number | undefined;
  readonly out: string;
  readonly error: string;
}

export interface CommandSetting {
  readonly emulator?: EmulatorDirectory;
  /** What a shell does with the command "$@"; nothing but running it when left out. */
  readonly script?: string;
  /** Sends it signals. */
  readonly whileRunning?: (signal: (name: NodeJS.Signals) => void) => Promise<void>;
}

/** Runs `cudaprobe` once, as a person would. Nothing that it started is left. */
export async function runCudaprobe(
  args: readonly string[],
  { emulator, script = 'exec "$@"', whileRunning }: CommandSetting = {},
): Promise<CommandEnd> {
  const directory = await mkdtemp(join(tmpdir(), "cudaprobe-command-"));
  const flags = emulator === undefined ? [] : driverFlags(emulator);
  const child = execa({
    reject: false,
    extendEnv: false,
    forceKillAfterDelay: false,
    stdin: "ignore",
    env: { ...environment(emulator), STATE_DIRECTORY: join(directory, "state") },
  })("bash", ["-c", script, "bash", process.execPath, MAIN, ...args, ...flags]);
  try {
    await whileRunning?.((name) => {
      child.kill(name);
    });
    const { exitCode, stdout, stderr } = await child;
    await untilNoneLeft(directory);
    return { exitCode, out: stdout, error: stderr };
  } finally {
    child.kill("SIGKILL");
    await child;
    await killAllOf(directory);
    await rm(directory, { recursive: true });
  }
}

function driverFlags(emulator: EmulatorDirectory | undefined): readonly string[] {
  return [`--driver=${emulator === undefined ? "nvidia" : "emulator"}`];
}

function environment(emulator: EmulatorDirectory | undefined): Readonly<Record<string, string>> {
  const { PATH = "" } = process.env;
  return {
    PATH,
    CUDAPROBE_NATIVE_BUILD: nativeFile(""),
    ...(emulator === undefined ? {} : { CUDAPROBE_EMULATOR: emulator.path }),
  };
}

function refuseBugs(log: readonly string[]): void {
  const bugs = log.filter((line) => /which is a bug|nhandled|at .*\/dist\//.test(line));
  if (bugs.length > 0) throw new Error(`the daemon's log tells of bugs:\n${bugs.join("\n")}`);
}

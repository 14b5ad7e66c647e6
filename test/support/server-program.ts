import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { followLines } from "./follow-lines.ts";

/** Somebody else's server, which logs in logfmt. */
export interface ServerProgram {
  /** Its name; Debian's package has the same. */
  readonly name: string;
  /** Paths are relative to its directory. */
  readonly args: readonly string[];
  /** What its directory holds when it starts: texts by file name. */
  readonly files: Readonly<Record<string, string>>;
  /** What it logs when it is ready. */
  readonly ready: string;
}

/** It goes with its scope, and with it its directory. */
export interface RunningServer extends AsyncDisposable {
  /** Where it listens, as `host:port`. */
  readonly address: string;
}

/** Starts it in a directory of its own on a free port of 127.0.0.1, and waits until it is ready. */
export async function startServer(program: ServerProgram): Promise<RunningServer> {
  const directory = await mkdtemp(join(tmpdir(), `cudaprobe-${program.name}-`));
  const files = Object.entries(program.files);
  await Promise.all(files.map(async ([name, text]) => writeFile(join(directory, name), text)));
  const child = execa({
    cwd: directory,
    reject: false,
    buffer: false,
    stdin: "ignore",
    stdout: "ignore",
  })(program.name, [...program.args, "--web.listen-address=127.0.0.1:0"]);
  const close = async (): Promise<void> => {
    child.kill("SIGKILL");
    await child;
    await rm(directory, { recursive: true });
  };
  try {
    const log = followLines(child.stderr);
    const listening = await log.until(['msg="Listening on"']);
    const [, address = ""] = / address=(\S+)/.exec(log.lines[listening] ?? "") ?? [];
    await log.until([program.ready]);
    return { address, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    const { code } = await child;
    if (code !== "ENOENT") throw error;
    throw new Error(`${program.name} is needed: apt-get install ${program.name}`, { cause: error });
  }
}

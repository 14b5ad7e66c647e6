import { execa } from "execa";
import { errorText } from "../base/errors.ts";
import { fail, ok, type Result } from "../base/result.ts";

/** A program that is asked something and answers soon. */
export interface CommandRequest {
  readonly file: string;
  /** Its standard input. */
  readonly input: string;
  /** Its whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** After so long it is killed. */
  readonly limitSeconds: number;
}

/** What it wrote to standard output, when it ended with exit code 0; else why it did not, in words. */
export async function runCommand(request: CommandRequest): Promise<Result<string>> {
  try {
    const end = await execa(request.file, [], {
      input: request.input,
      env: { ...request.env },
      extendEnv: false,
      // Out of reach of the terminal's signals: it may be what ends something in order.
      detached: true,
      reject: false,
      timeout: request.limitSeconds * 1000,
      killSignal: "SIGKILL",
      maxBuffer: MAX_CHARACTERS,
    });
    return end.failed ? fail(describe(end)) : ok(end.stdout);
  } catch (error) {
    return fail(errorText(error));
  }
}

const MAX_CHARACTERS = 64 * 1024;

interface CommandEnd {
  readonly stdout: string;
  readonly stderr: string;
  readonly shortMessage: string | undefined;
}

function describe({ stdout, stderr, shortMessage = "it failed" }: CommandEnd): string {
  const said = [stderr, stdout].map(lastLine).find((line) => line !== "");
  return said ?? shortMessage;
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}

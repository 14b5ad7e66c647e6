import { execa } from "execa";
import type { Clock } from "../base/clock.ts";
import { fulfilledWithin } from "./wait.ts";

/** A program that lives beside this process and is told what to do, line by line. */
export interface Companion {
  /** Does nothing once it has ended. */
  readonly tell: (line: string) => void;
  /** Ends its input, which it takes as the end, and waits for its own. */
  readonly close: () => Promise<void>;
}

export interface CompanionOptions {
  readonly file: string;
  /** All of its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** What it says about its troubles, and that it has ended when nobody told it to. */
  readonly onTrouble: (text: string) => void;
}

const CLOSE_SECONDS = 2;

/** Starts a companion, which outlives this process by no more than the end of its input. */
export function startCompanion(
  { file, env, onTrouble }: CompanionOptions,
  { clock }: { readonly clock: Clock },
): Companion {
  const child = execa(file, {
    env: { ...env },
    extendEnv: false,
    // A signal of the terminal is for the daemon, which then tells what it does.
    detached: true,
    reject: false,
    buffer: false,
    stdout: "ignore",
  });
  let isClosing = false;
  child.stderr.on("data", (chunk: Buffer) => {
    onTrouble(chunk.toString().trimEnd());
  });
  // It may have ended: that is told below.
  child.stdin.on("error", () => undefined);
  const waitForEnd = async (): Promise<void> => {
    const { shortMessage } = await child;
    if (!isClosing) onTrouble(shortMessage ?? "it ended by itself");
  };
  const ended = waitForEnd();
  return {
    tell: (line) => void child.stdin.write(`${line}\n`),
    close: async () => {
      isClosing = true;
      child.stdin.end();
      if (!(await fulfilledWithin(clock, CLOSE_SECONDS, ended))) child.kill("SIGKILL");
      await ended;
    },
  };
}

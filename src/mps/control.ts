import { fail, ok, type Result } from "../base/result.ts";
import { runCommand } from "../runner/command.ts";

/** The front end of one daemon: it is told by the environment which, and never another. */
export interface MpsControl {
  /** Whether the daemon answers within so many seconds; the error says what the front end says. */
  readonly answers: (limitSeconds: number) => Promise<Result<string>>;
  /** For the clients of servers that start from then on, a share of the GPU's threads, 1 to 100. */
  readonly limitThreads: (percentage: number) => Promise<Result<string>>;
  /** The server of this user's clients; there is one once the first has come. */
  readonly findServer: () => Promise<Result<number>>;
  /** Returns when the daemon has ended, clients or not. */
  readonly quit: () => Promise<Result<string>>;
}

/** How long a front end may wait for an answer. */
const ANSWER_SECONDS = 10;

export interface ControlOptions {
  /** The program that is the daemon, too. */
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
  /** How long the daemon gives its clients to leave when it is to end, and is given to do so itself beyond that. */
  readonly quitSeconds: number;
}

/** Makes the front end of the daemon whose directories the environment names. */
export function createControl({ file, env, quitSeconds }: ControlOptions): MpsControl {
  const ask = async (command: string, limitSeconds = ANSWER_SECONDS): Promise<Result<string>> =>
    runCommand({ file, input: `${command}\n`, env, limitSeconds });
  return {
    answers: async (limitSeconds) => ask("get_server_list", limitSeconds),
    limitThreads: async (percentage) => ask(`set_default_active_thread_percentage ${percentage}`),
    findServer: async () => {
      const answer = await ask("get_server_list");
      return answer.ok ? parseServer(answer.value) : answer;
    },
    quit: async () => ask(`quit -t ${Math.ceil(quitSeconds)}`, 2 * quitSeconds),
  };
}

/** A pid a line. */
function parseServer(answer: string): Result<number> {
  const [, pid] = /^\s*(\d+)\s*$/m.exec(answer) ?? [];
  return pid === undefined ? fail("the MPS daemon has no server") : ok(Number(pid));
}

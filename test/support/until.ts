/** How long to ask before giving up: more than any of what is waited for takes on a busy machine. */
const LIMIT_SECONDS = 20;

const PAUSE_MILLISECONDS = 20;

/**
 * Waits for what nobody tells of, such as the end of a process that is not our child: asks again and again until the answer is
 * neither false nor undefined. Throws with `what` when that takes too long; what is known to take its time has a limit of its own.
 */
export async function until<Value>(
  what: string,
  ask: () => Value | Promise<Value>,
  limitSeconds = LIMIT_SECONDS,
): Promise<NonNullable<Exclude<Value, false>>> {
  const deadline = performance.now() + limitSeconds * 1000;
  let answer = await ask();
  while (!isAnswer(answer)) {
    if (performance.now() > deadline) throw new Error(`it never came: ${what}`);
    await pause();
    answer = await ask();
  }
  return answer;
}

function isAnswer<Value>(value: Value): value is NonNullable<Exclude<Value, false>> {
  return value !== false && value !== undefined && value !== null;
}

async function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, PAUSE_MILLISECONDS);
  });
}

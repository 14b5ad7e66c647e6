import type { InstanceState } from "./instance-state.ts";
import type { Line, LineOf } from "./line.ts";
import { stampsOf } from "./stamps.ts";

/**
 * What a line breaks of the rules of docs/protocol.md, after the lines that its instance has sent; undefined when nothing. The
 * launcher's line and the first ones of the probe may come in either order, since both write on their own.
 */
export function findBreach(state: InstanceState, line: Line): string | undefined {
  if (line.type === "spawned") return breachOfSpawned(state, line);
  if (line.type === "reaped") return breachOfReaped(state, line);
  if (line.type === "released") return undefined;
  return breachOfLife(state, line) ?? breachOfPhases(state, line) ?? breachOfTime(state, line);
}

function breachOfSpawned(state: InstanceState, line: LineOf<"spawned">): string | undefined {
  if (state.spawned !== undefined) return "a second spawned";
  if (state.firstStamp !== undefined && state.firstStamp < line.at_seconds) {
    return "the probe's stamps are from before it was spawned";
  }
  return undefined;
}

function breachOfReaped(state: InstanceState, line: LineOf<"reaped">): string | undefined {
  if (state.reaped !== undefined) return "a second reaped";
  if (state.spawned === undefined) return "reaped before spawned";
  if (state.spawned.pid !== line.pid) return "reaped another pid than was spawned";
  const last = state.lastStamp ?? state.spawned.at_seconds;
  return line.at_seconds < last ? "reaped is stamped before what it followed" : undefined;
}

type ProbeLine = LineOf<"hello" | "begin" | "end" | "sample" | "result">;

/** The hello comes first, the result last, and each of them once. */
function breachOfLife(state: InstanceState, { type }: ProbeLine): string | undefined {
  if (state.reaped !== undefined) return `${type} after the instance was reaped`;
  if (state.result !== undefined)
    return type === "result" ? "a second result" : `${type} after result`;
  if (type === "hello") return state.hello === undefined ? undefined : "a second hello";
  return state.hello === undefined ? `${type} before hello` : undefined;
}

function breachOfPhases(state: InstanceState, line: ProbeLine): string | undefined {
  if (line.type === "begin") return breachOfBegin(state, line.phase);
  if (line.type === "end") return breachOfEnd(state, line.phase);
  if (line.type !== "result" || line.outcome !== "success" || state.open === undefined) {
    return undefined;
  }
  return `a success inside the phase ${state.open.phase}`;
}

function breachOfBegin(state: InstanceState, phase: string): string | undefined {
  if (phase === "spawn" || phase === "exit") return `the phase ${phase} has no begin`;
  if (state.open === undefined) return undefined;
  return `the phase ${phase} begins inside the phase ${state.open.phase}`;
}

function breachOfEnd(state: InstanceState, phase: string): string | undefined {
  if (phase === "exit") return "the phase exit has no end";
  if (phase === "spawn") {
    return state.firstStamp === undefined ? undefined : "the end of spawn is not the first stamp";
  }
  return state.open?.phase === phase ? undefined : `the phase ${phase} ends and had not begun`;
}

function breachOfTime(state: InstanceState, line: ProbeLine): string | undefined {
  const known = [state.spawned?.at_seconds, state.lastStamp].filter((stamp) => stamp !== undefined);
  const stamps = [...known, ...stampsOf(line)];
  const backwards = stamps.some((stamp, index) => stamp < (stamps[index - 1] ?? 0));
  return backwards ? `the stamps of ${line.type} run backwards` : undefined;
}

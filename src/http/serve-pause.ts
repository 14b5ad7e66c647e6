import type { RequestHandler, Response } from "express";
import * as z from "zod";
import type { Pause, PauseState } from "../execution/pause.ts";
import { duration } from "../probes/quantities.ts";

/** What tells of a pause, and begins and ends one. */
export interface PauseRoutesModules {
  readonly pause: Pause;
  /** Whether no process of the daemon is there that could hold the driver. */
  readonly isIdle: () => boolean;
}

const querySchema = z.strictObject({
  for: duration({ minimum: "1s", maximum: "30d" }).optional(),
});

const REFUSED =
  "Nothing but for can be given, and once: a duration from 1s to 30d, such as for=30m.\n";

/** The handlers of /api/pause and /api/resume, which all answer with the state that there is then. */
export function servePause({ pause, isIdle }: PauseRoutesModules): {
  readonly tell: RequestHandler;
  readonly begin: RequestHandler;
  readonly end: RequestHandler;
} {
  const send = (response: Response, state: PauseState | undefined): void => {
    const answer = { paused: state !== undefined, idle: isIdle(), ...state };
    response.type("json").send(`${JSON.stringify(answer)}\n`);
  };
  return {
    tell: async (_request, response) => send(response, await pause.check()),
    begin: async ({ query }, response) => {
      const parsed = querySchema.safeParse(query);
      if (parsed.success) return send(response, await pause.begin(parsed.data.for));
      response.status(400).type("text/plain").send(REFUSED);
      return undefined;
    },
    end: async (_request, response) => send(response, await pause.end()),
  };
}

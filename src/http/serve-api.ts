import type { Request, RequestHandler, Response } from "express";
import { coldStartsJson } from "./cold-starts-json.ts";
import type { Past } from "./past.ts";
import { runsJson } from "./runs-json.ts";
import { matchesQuery, parseRunsQuery } from "./runs-query.ts";
import { sendText } from "./send-text.ts";
import type { StatusView } from "./status.ts";

/** What the API tells of. */
export interface ApiModules {
  readonly past: Past;
  readonly status: () => StatusView;
}

/** Answers with the last runs and, apart, the last failures; a parameter that is unknown or not allowed is 400. */
export function serveRuns({ past, status }: ApiModules): RequestHandler {
  return async (request, response) => {
    const query = parseRunsQuery(request.query);
    if (!query.ok) {
      response.status(400).type("text/plain").send(`${query.error}\n`);
      return;
    }
    const { limit, ...filter } = query.value;
    const runs = past.lastRuns({ limit, matches: (record) => matchesQuery(record, filter) });
    await sendJson(runsJson(runs, status()), request, response);
  };
}

/** Answers with what the good cold starts of the last 24 hours took; it has no parameters. */
export function serveColdStarts({ past, status }: ApiModules): RequestHandler {
  return async (request, response) => {
    const [unknown] = Object.keys(request.query);
    if (unknown !== undefined) {
      response
        .status(400)
        .type("text/plain")
        .send(`unknown parameter ${unknown}: there are none\n`);
      return;
    }
    await sendJson(coldStartsJson(past.coldStarts(), status()), request, response);
  };
}

async function sendJson(value: object, request: Request, response: Response): Promise<void> {
  await sendText({ type: "json", text: `${JSON.stringify(value)}\n` }, request, response);
}

import type { RequestHandler } from "express";
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
    await sendText(
      { type: "json", text: `${JSON.stringify(runsJson(runs, status()))}\n` },
      request,
      response,
    );
  };
}

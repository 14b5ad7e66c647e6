import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Clock } from "../base/clock.ts";
import type { Logger } from "../base/logger.ts";
import { createAuthenticate } from "./basic-auth.ts";
import { createRateLimiter } from "./rate-limit.ts";
import type { WebSettingsReader } from "./web-settings.ts";

/** Puts the web config before an app: the limit of rates, the headers, and who it is, in this order. */
export function createGuard(
  { first, read }: WebSettingsReader,
  { logger, clock }: { readonly logger: Logger; readonly clock: Clock },
): (app: RequestListener) => RequestListener {
  const isWithinRate = createRateLimiter(first.config.rateLimit, clock);
  const authenticate = createAuthenticate();
  const admit = async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const { headers, users } = (await read()).config;
    if (!isWithinRate()) return refuse(response, 429, "Too many requests.\n");
    for (const [name, value] of headers) response.setHeader(name, value);
    if (users.size === 0 || (await authenticate(users, request.headers.authorization))) return true;
    response.setHeader("WWW-Authenticate", "Basic");
    return refuse(response, 401, "A user and a password are needed.\n");
  };
  return (app) => (request, response) => {
    const answer = async (): Promise<void> => {
      if (await admit(request, response)) app(request, response);
    };
    answer().catch((error: unknown) => {
      logger.error({ err: error }, "request failed");
      refuse(response, 500, "Internal error; the log says more.\n");
    });
  };
}

function refuse(response: ServerResponse, status: number, text: string): false {
  if (response.headersSent) {
    response.destroy();
    return false;
  }
  response.statusCode = status;
  response.setHeader("Content-Type", "text/plain; charset=utf-8");
  response.end(text);
  return false;
}

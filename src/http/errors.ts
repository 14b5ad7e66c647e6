import type { ErrorRequestHandler, Request, RequestHandler, Response } from "express";
import type { Logger } from "../base/logger.ts";

/** Answers what no route has. */
export function notFound(_request: Request, response: Response): void {
  response.status(404).type("text/plain").send("There is nothing here.\n");
}

/** Answers a method that the path does not have. */
export function methodNotAllowed(allowed: readonly string[]): RequestHandler {
  const named = allowed.join(", ").replace(/, ([A-Z]+)$/, " and $1");
  return (_request, response) => {
    response
      .status(405)
      .set("Allow", allowed.join(", "))
      .type("text/plain")
      .send(`Only ${named} can be used here.\n`);
  };
}

/** Answers a request whose handler threw: the log has the error, the client has not. */
export function failedRequest(logger: Logger): ErrorRequestHandler {
  // Express tells an error handler by its four parameters.
  // oxlint-disable-next-line max-params
  return (error: unknown, request: Request, response: Response, next) => {
    logger.error({ err: error, method: request.method, path: request.path }, "request failed");
    if (response.headersSent) {
      next(error);
      return;
    }
    response.status(500).type("text/plain").send("Internal error; the log says more.\n");
  };
}

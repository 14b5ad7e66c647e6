import express, { type Express, type RequestHandler } from "express";
import type { Logger } from "../base/logger.ts";
import type { Result } from "../base/result.ts";
import type { Metrics } from "../metrics/metrics.ts";
import { assetRoutes } from "./assets.ts";
import { failedRequest, methodNotAllowed, notFound } from "./errors.ts";
import type { LandingPageOptions } from "./landing-page.ts";
import { addLifecycleRoutes, type LifecycleModules } from "./lifecycle-routes.ts";
import type { Past } from "./past.ts";
import { limitRequests } from "./request-limit.ts";
import { securityHeaders } from "./security-headers.ts";
import { serveColdStarts, serveRuns } from "./serve-api.ts";
import { serveMetrics } from "./serve-metrics.ts";
import type { StatusView } from "./status.ts";

export interface AppOptions extends LandingPageOptions {
  /** Scrapes that are answered at a time; 0 is no limit. */
  readonly maxRequests: number;
  /** Whether requests may make the daemon do something. */
  readonly enableLifecycle: boolean;
}

export interface AppModules extends LifecycleModules {
  readonly metrics: Pick<Metrics, "scrape">;
  readonly status: () => StatusView;
  readonly past: Past;
  /** What is still missing, as a sentence's end: "the devices were not listed yet". */
  readonly ready: () => Result<void>;
  readonly logger: Logger;
}

/**
 * Everything that is served: the metrics, health and readiness, the last runs, what makes the daemon act, and the status page unless the
 * metrics are at its path.
 */
export function createApp(options: AppOptions, modules: AppModules): Express {
  const app = express();
  app.disable("x-powered-by");
  // An entity tag is a hash over megabytes for every scrape, and no scraper asks for it.
  app.disable("etag");
  app.enable("strict routing");
  app.enable("case sensitive routing");
  app.use(securityHeaders);
  for (const [path, ...handlers] of routes(options, modules)) {
    app
      .route(literal(path))
      .get(...handlers)
      .all(methodNotAllowed(["GET", "HEAD"]));
  }
  addLifecycleRoutes(app, options.enableLifecycle, modules);
  app.use(notFound);
  app.use(failedRequest(modules.logger));
  return app;
}

/** The first of two routes with the same path wins. */
function routes(
  options: AppOptions,
  { metrics, status, past, ready }: AppModules,
): readonly (readonly [path: string, ...handlers: RequestHandler[]])[] {
  return [
    [options.telemetryPath, limitRequests(options.maxRequests), serveMetrics(metrics)],
    ["/-/healthy", serveHealthy],
    ["/-/ready", serveReady(ready)],
    ["/api/runs", serveRuns({ past, status })],
    ["/api/cold-starts", serveColdStarts({ past, status })],
    ...assetRoutes(),
    [
      "/",
      async (_request, response) => {
        const { landingPage } = await import("./landing-page.ts");
        response.type("html").send(landingPage(options, status()));
      },
    ],
  ];
}

const serveHealthy: RequestHandler = (_request, response) => {
  response.type("text/plain").send("cudaprobe is healthy.\n");
};

function serveReady(ready: AppModules["ready"]): RequestHandler {
  return (_request, response) => {
    const result = ready();
    response
      .status(result.ok ? 200 : 503)
      .type("text/plain")
      .send(result.ok ? "cudaprobe is ready.\n" : `cudaprobe is not ready: ${result.error}.\n`);
  };
}

/** A path as a pattern that matches it alone. */
function literal(path: string): string {
  return path.replaceAll(/[()[\]{}?+!*:\\]/g, String.raw`\$&`);
}

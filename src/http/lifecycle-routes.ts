import type { Express, RequestHandler } from "express";
import type { Result } from "../base/result.ts";
import type { ConfigProblem } from "../config/config.ts";
import { methodNotAllowed } from "./errors.ts";
import { refuseOtherSites } from "./other-sites.ts";
import { serveReload } from "./serve-reload.ts";

/** What a request may make the daemon do, where `--web.enable-lifecycle` lets it. */
export interface LifecycleModules {
  /** Reads the config again; the error is what is wrong with it. */
  readonly reload: () => Promise<Result<"reloaded" | "unchanged", readonly ConfigProblem[]>>;
}

/** Adds the routes that do more than tell. Unless they are enabled they answer with the flag that is missing. */
export function addLifecycleRoutes(
  app: Express,
  enabled: boolean,
  { reload }: LifecycleModules,
): void {
  const guards = enabled ? [refuseOtherSites] : [refuseAll];
  app
    .route("/-/reload")
    .post(...guards, serveReload(reload))
    .all(methodNotAllowed(["POST"]));
}

const refuseAll: RequestHandler = (_request, response) => {
  response
    .status(403)
    .type("text/plain")
    .send("This is for daemons that are started with --web.enable-lifecycle.\n");
};

import type { Express, RequestHandler } from "express";
import type { Result } from "../base/result.ts";
import type { ConfigProblem } from "../config/config.ts";
import { methodNotAllowed } from "./errors.ts";
import { refuseOtherSites } from "./other-sites.ts";
import { servePause, type PauseRoutesModules } from "./serve-pause.ts";
import { serveProbe, type ProbeModules } from "./serve-probe.ts";
import { serveReload } from "./serve-reload.ts";

/** What a request may make the daemon do, where `--web.enable-lifecycle` lets it. */
export interface LifecycleModules extends ProbeModules, PauseRoutesModules {
  /** Reads the config again; the error is what is wrong with it. */
  readonly reload: () => Promise<Result<"reloaded" | "unchanged", readonly ConfigProblem[]>>;
}

/** Adds the routes that do more than tell. Unless they are enabled they answer with the flag that is missing. */
export function addLifecycleRoutes(
  app: Express,
  enabled: boolean,
  modules: LifecycleModules,
): void {
  const guards = enabled ? [refuseOtherSites] : [refuseAll];
  app
    .route("/-/reload")
    .post(...guards, serveReload(modules.reload))
    .all(methodNotAllowed(["POST"]));
  app
    .route("/probe")
    // A HEAD would run it, and nobody see what came of it.
    .head(methodNotAllowed(["GET"]))
    .get(...guards, serveProbe(modules))
    .all(methodNotAllowed(["GET"]));
  const pause = servePause(modules);
  app
    .route("/api/pause")
    .get(pause.tell)
    .post(...guards, pause.begin)
    .all(methodNotAllowed(["GET", "HEAD", "POST"]));
  app
    .route("/api/resume")
    .post(...guards, pause.end)
    .all(methodNotAllowed(["POST"]));
}

const refuseAll: RequestHandler = (_request, response) => {
  response
    .status(403)
    .type("text/plain")
    .send("This is for daemons that are started with --web.enable-lifecycle.\n");
};

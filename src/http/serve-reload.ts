import type { RequestHandler } from "express";
import { formatProblem } from "../config/problem.ts";
import type { LifecycleModules } from "./lifecycle-routes.ts";

const SAID = {
  reloaded: "The config was reloaded.\n",
  unchanged: "The config is what it was.\n",
} as const;

/** Reads the config again: 200 when it is the daemon's now, 500 with what is wrong with it when the old one stays. */
export function serveReload(reload: LifecycleModules["reload"]): RequestHandler {
  return async (_request, response) => {
    const result = await reload();
    response
      .status(result.ok ? 200 : 500)
      .type("text/plain")
      .send(result.ok ? SAID[result.value] : describeProblems(result.error.map(formatProblem)));
  };
}

function describeProblems(problems: readonly string[]): string {
  return `The config was not reloaded:\n${problems.join("\n")}\n`;
}

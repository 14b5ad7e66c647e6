import type { RequestListener, Server } from "node:http";
import type { Clock } from "../base/clock.ts";
import type { Logger } from "../base/logger.ts";
import { ok, type Result } from "../base/result.ts";
import type { ConfigProblem } from "../config/config.ts";
import type { SecuredConnections } from "./secure-connections.ts";

/** What `--web.config.file` puts before the app. */
export interface Web {
  /** Answers requests that the app is not to get. */
  readonly guard: (app: RequestListener) => RequestListener;
  /** Makes a server that is not listening yet take TLS alone; undefined when it is to be plain HTTP. */
  readonly secure: ((server: Server) => SecuredConnections) | undefined;
}

/** Reads the file for the first time; fails with what is wrong with it. Without a file nothing is put before the app. */
export async function openWeb(
  file: string | undefined,
  modules: { readonly logger: Logger; readonly clock: Clock },
): Promise<Result<Web, readonly ConfigProblem[]>> {
  if (file === undefined) return ok({ guard: (app) => app, secure: undefined });
  // TLS and bcrypt take time to load, which only those wait for who want them.
  const [{ createGuard }, { secureConnections }, { openWebSettings }] = await Promise.all([
    import("./guard.ts"),
    import("./secure-connections.ts"),
    import("./web-settings.ts"),
  ]);
  const settings = await openWebSettings(file, modules.logger);
  if (!settings.ok) return settings;
  const reader = settings.value;
  const isSecure = reader.first.handshakes !== undefined;
  return ok({
    guard: createGuard(reader, modules),
    secure: isSecure ? (server) => secureConnections(server, reader, modules.logger) : undefined,
  });
}

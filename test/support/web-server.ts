import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "../../src/base/clock.ts";
import { createApp } from "../../src/http/app.ts";
import { listen } from "../../src/http/listen.ts";
import { takeMessageClasses } from "../../src/http/message-classes.ts";
import { openWeb } from "../../src/http/web.ts";
import { formatProblem } from "../../src/config/problem.ts";
import { createTestLogger, makeModules } from "../http/modules.ts";
import { replaceFile } from "./replace-file.ts";

/** An app behind a web config. It goes with its scope. */
export interface WebServer extends AsyncDisposable {
  /** `host:port` */
  readonly address: string;
  /** The lines of its log, as JSON. */
  readonly log: readonly string[];
  readonly configure: (config: string) => Promise<void>;
}

/** Serves an app with some metrics; throws with the problems of a bad config. */
export async function startWebServer(directory: string, config: string): Promise<WebServer> {
  const file = join(directory, "web.yml");
  await writeFile(file, config);
  const { logger, lines } = createTestLogger();
  const modules = { logger, clock: systemClock };
  const web = await openWeb(file, modules);
  if (!web.ok) throw new Error(web.error.map(formatProblem).join("\n"));
  const app = createApp(
    { telemetryPath: "/metrics", version: "0.1.0", maxRequests: 0, enableLifecycle: false },
    makeModules(logger),
  );
  const { guard, secure } = web.value;
  const listening = await listen(guard(app), ["127.0.0.1:0"], {
    ...modules,
    secure,
    messages: takeMessageClasses(app),
  });
  if (!listening.ok) throw new Error(listening.error);
  return {
    address: listening.value.addresses[0] ?? "",
    log: lines,
    configure: async (text) => replaceFile(file, text),
    [Symbol.asyncDispose]: async () => listening.value.close(0),
  };
}

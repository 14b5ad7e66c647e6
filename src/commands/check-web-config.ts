import { createLogger } from "../base/logger.ts";
import { formatProblem } from "../config/problem.ts";
import { openWeb } from "../http/web.ts";
import type { WebConfigFlag } from "./flags.ts";
import type { CommandIo } from "./io.ts";

/** Whether a web config, if there is one, could be served; prints what is wrong with it. */
export async function checkWebConfig(flags: WebConfigFlag, io: CommandIo): Promise<boolean> {
  const file = flags["web.config.file"];
  if (file === undefined) return true;
  const destination = { write: io.error };
  const logger = createLogger({ level: "warn", format: "logfmt", destination });
  const web = await openWeb(file, { logger, clock: io.clock });
  if (!web.ok) for (const problem of web.error) io.error(`${formatProblem(problem)}\n`);
  else io.out(`${file} is valid: ${web.value.secure === undefined ? "HTTP" : "HTTPS"}\n`);
  return web.ok;
}

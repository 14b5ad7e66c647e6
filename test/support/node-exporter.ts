import { execa } from "execa";
import { followLines } from "./follow-lines.ts";

/** Debian's node_exporter with a web config. It goes with its scope. */
export interface NodeExporter extends AsyncDisposable {
  /** `host:port` */
  readonly address: string;
}

/** Starts it on a free port of 127.0.0.1, with one collector; throws with what it says when it refuses the file. */
export async function startNodeExporter(webConfigFile: string): Promise<NodeExporter> {
  const child = execa({ reject: false, buffer: false, stdin: "ignore", stdout: "ignore" })(
    "prometheus-node-exporter",
    [
      "--collector.disable-defaults",
      "--collector.time",
      "--web.listen-address=127.0.0.1:0",
      `--web.config.file=${webConfigFile}`,
    ],
  );
  const log = followLines(child.stderr);
  const close = async (): Promise<void> => {
    child.kill("SIGKILL");
    await child;
  };
  try {
    // Whether TLS is on is said after the file was judged.
    await log.until(["TLS is "]);
  } catch (error) {
    await close();
    const { code } = await child;
    if (code !== "ENOENT") throw error;
    const message = "prometheus-node-exporter is needed: apt-get install prometheus-node-exporter";
    throw new Error(message, { cause: error });
  }
  const line = log.lines[await log.until(["Listening on"])] ?? "";
  const [, address = ""] = /address=(127\S+)/.exec(line) ?? [];
  return { address, [Symbol.asyncDispose]: close };
}

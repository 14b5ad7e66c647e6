import { connect } from "node:net";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { makeEmulator } from "../support/emulator.ts";
import { type RunningDaemon, startDaemon } from "../support/daemon.ts";

const ROUTES = ["/", "/metrics", "/-/healthy", "/-/ready", "/-/reload", "/probe", "/api/runs"];
const NAMES = [
  "probe",
  "gpu",
  "kind",
  "argv",
  "file",
  "path",
  "libcuda",
  "config.file",
  "__proto__",
];
const VALUES = [
  "../../../../etc/passwd",
  "..%2f..%2f..%2fetc%2fpasswd",
  "/bin/sh",
  "%2Fbin%2Fsh%20-c%20id",
  "$(id)",
  "%60id%60",
  "a%00b",
  "%0d%0aX-Injected:%201",
  "%ff%fe",
  "%ed%a0%80",
  "0&probe=1",
  "x".repeat(4000),
];
const PATHS = [
  "/../../../../etc/passwd",
  "/%2e%2e/%2e%2e/etc/passwd",
  "/..%2f..%2fetc%2fpasswd",
  "/metrics/../../etc/passwd",
  "/metrics%2f..%2f..%2fetc%2fpasswd",
  "/metrics/%00",
  "//etc/passwd",
  "/\\..\\..\\etc\\passwd",
  "/%c0%ae%c0%ae/etc/passwd",
  "/%",
  "/%zz",
  "/-/healthy/..;/reload",
  "http://127.0.0.1:1/metrics",
  "*",
];

describe("a request of ill will", () => {
  test.each([
    ["as it is by default", []],
    ["with the lifecycle enabled", ["--web.enable-lifecycle"]],
  ])("reads no file and starts no program, whatever it says, %s", async (_, flags) => {
    await using emulator = await makeEmulator();
    await using daemon = await startDaemon({ config: "probes: []\n", emulator, flags });
    await daemon.logged(["the driver answers"]);
    const queries = ROUTES.flatMap((route) =>
      NAMES.flatMap((name) => VALUES.map((value) => `${route}?${name}=${value}`)),
    );
    for (const method of ["GET", "POST", "PUT", "DELETE", "OPTIONS"]) {
      const targets =
        method === "GET"
          ? [...PATHS, ...queries]
          : [...PATHS, ...ROUTES.filter((route) => route !== "/-/reload")];
      const answers = await Promise.all(targets.map(async (target) => ask(daemon, method, target)));
      expect(answers.map(faultsOf).filter((fault) => fault !== undefined)).toEqual([]);
    }
    expect(childrenOf(daemon.pid)).toEqual([]);
    expect(await daemon.scrape()).not.toMatch(/^cudaprobe_runs_total/m);
    expect((await daemon.get("/-/healthy")).status).toBe(200);
  });
});

/** As it is written: a client of HTTP would put the path in order first. */
async function ask(daemon: RunningDaemon, method: string, target: string): Promise<string> {
  const [host = "", port = ""] = daemon.address.split(":");
  const socket = connect(Number(port), host);
  socket.write(`${method} ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  let text = "";
  for await (const chunk of socket) text += String(chunk);
  return `${method} ${target.slice(0, 80)}\n${text}`;
}

function faultsOf(answer: string): string | undefined {
  const [request = "", status = ""] = answer.split(/\r?\n/);
  const head = answer.slice(0, answer.indexOf("\r\n\r\n"));
  const isFault =
    !/^HTTP\/1\.1 (?:200|400|403|404|405|429|503) /.test(status) ||
    answer.includes("root:x:0") ||
    /^X-Injected/im.test(head) ||
    /\/dist\/|node_modules/.test(answer);
  return isFault ? `${request}: ${status}` : undefined;
}

function childrenOf(pid: number): readonly string[] {
  const tasks = readdirSync(`/proc/${pid}/task`);
  return tasks.flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean),
  );
}

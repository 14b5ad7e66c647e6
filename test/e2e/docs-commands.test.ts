import { readFile, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { startAlertmanager } from "../support/alertmanager.ts";
import { startDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

const root = resolve(import.meta.dirname, "../..");

/** The block of shell in docs/operations.md that begins with this. */
async function readBlock(beginning: string): Promise<string> {
  const text = await readFile(join(root, "docs/operations.md"), "utf8");
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = ""]) => block);
  const block = blocks.find((other) => other.startsWith(beginning));
  if (block === undefined) throw new Error(`no block begins with ${beginning}`);
  return block;
}

/** Runs it as a person would, with the built program on the path. */
async function runBlock(block: string, cwd: string): Promise<string> {
  const program = `cudaprobe() { "${process.execPath}" "${join(root, "dist/main.js")}" "$@" --driver=emulator; }`;
  const env = { STATE_DIRECTORY: join(cwd, "state") };
  const { stdout } = await execa("bash", ["-euc", `${program}\n${block}`], { cwd, env });
  return stdout;
}

test("the five minutes to TLS of the documentation end with an answer over TLS", async () => {
  await using directory = await makeTemporaryDirectory();
  const { path } = directory;
  expect(await runBlock(await readBlock("openssl req"), path)).toMatch(/web-config\.yml.* HTTPS/);
  expect((await stat(join(path, "cudaprobe.key"))).mode & 0o077).toBe(0);
  await using emulator = await makeEmulator();
  const flags = [`--web.config.file=${join(path, "web-config.yml")}`];
  await using daemon = await startDaemon({ config: "probes: []\n", emulator, flags });
  const [, port = ""] = daemon.address.split(":");
  const ask = (await readBlock("curl --cacert")).replace("10062", port);
  expect(await runBlock(ask.replace("curl", "curl --silent"), path)).toMatch(/^cudaprobe_up /m);
  await expect(runBlock(ask.replace("--cacert cudaprobe.pem", ""), path)).rejects.toThrow("60");
});

test("what the documentation puts into Prometheus' configuration is to promtool's liking", async () => {
  const pages = ["operations.md", "web-config.md"];
  const texts = await Promise.all(
    pages.map(async (name) => readFile(join(root, "docs", name), "utf8")),
  );
  const configs = texts.flatMap((text) =>
    [...text.matchAll(/^```yaml\n((?:scrape_configs|rule_files):\n[\s\S]*?)^```$/gm)].map(
      ([, config = ""]) => config,
    ),
  );
  expect(configs.length).toBeGreaterThan(2);
  await using directory = await makeTemporaryDirectory();
  const file = join(directory.path, "prometheus.yml");
  for (const config of [...configs, "scrape_configs: [{ job: a }]\n"]) {
    await writeFile(file, config);
    const args = ["check", "config", "--syntax-only", file];
    const { exitCode, stderr } = await execa("promtool", args, { reject: false });
    expect({ config, stderr, exitCode }).toMatchObject({
      exitCode: config.includes("job:") ? 1 : 0,
    });
  }
});

test("the silence of the documentation is one that Alertmanager takes", async () => {
  await using directory = await makeTemporaryDirectory();
  await using alertmanager = await startAlertmanager("http://127.0.0.1:9/");
  const block = (await readBlock("amtool")).replace("localhost:9093", alertmanager.address);
  const id = await runBlock(block, directory.path);
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  const answer = await fetch(`http://${alertmanager.address}/api/v2/silence/${id}`);
  expect(await answer.json()).toMatchObject({
    comment: "driver upgrade",
    matchers: [
      { name: "alertname", value: "Cudaprobe.+", isRegex: true },
      { name: "instance", value: "gpu-host:10062", isRegex: false },
    ],
  });
});

import { once } from "node:events";
import { readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { value } from "../metrics/exposition-text.ts";
import { runCudaprobe, startDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

const CONFIG = `probes:
  - { name: start, kind: cold_start, schedule: "* * * * * *" }
`;

test("a port that is in use is one clear line and exit code 1", async () => {
  await using emulator = await makeEmulator();
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const flag = `--web.listen-address=127.0.0.1:${port}`;
  const { exitCode, out, error } = await runCudaprobe(["serve", flag], { emulator });
  server.close();
  expect(exitCode).toBe(1);
  expect(out).toBe("");
  const said = error.split("\n").filter((line) => !line.startsWith("ts="));
  expect(said).toEqual([
    `cudaprobe: cannot listen on 127.0.0.1:${port}: the address is in use already`,
  ]);
});

test("a listen address that is none is exit code 2, and says what is allowed", async () => {
  const { exitCode, error } = await runCudaprobe(["serve", "--web.listen-address=nonsense"]);
  expect(exitCode).toBe(2);
  expect(error).toContain('"nonsense" is not an address to listen on: write it like ":10062"');
});

test("storage that cannot be written is a warning, and the daemon does without", async () => {
  await using emulator = await makeEmulator();
  await using directory = await makeTemporaryDirectory();
  const file = join(directory.path, "file");
  await writeFile(file, "");
  const storageDirectory = join(file, "state");
  await using daemon = await startDaemon({ config: CONFIG, emulator, storageDirectory });
  await daemon.logged(["level=warn", "the storage directory cannot be written", storageDirectory]);
  await daemon.logged(["run succeeded", "probe=start"]);
  expect(await readdir(daemon.temporaryDirectory)).toEqual([expect.stringMatching(/^cudaprobe-/)]);
  daemon.signal("SIGTERM");
  expect(await daemon.ended).toBe(0);
  expect(await readdir(daemon.temporaryDirectory)).toEqual([]);
});

test("an emulator that refuses its configuration is a driver that does not answer, until it is mended", async () => {
  await using emulator = await makeEmulator(["nonsense = 1"]);
  const config = `${CONFIG}driver: { refresh: 200ms }\n`;
  await using daemon = await startDaemon({ config, emulator });
  await daemon.logged(["level=warn", "no driver answers", "reason=no_driver"]);
  const labels = { reason: "no_driver", code: "NVML_ERROR_DRIVER_NOT_LOADED" };
  const down = await daemon.scrape();
  expect(value(down, "cudaprobe_up")).toBe(0);
  expect(value(down, "cudaprobe_driver_error", labels)).toBe(1);
  await emulator.configure([]);
  await daemon.logged(["run succeeded", "probe=start"]);
  const up = await daemon.scrape();
  expect(value(up, "cudaprobe_up")).toBe(1);
  expect(value(up, "cudaprobe_driver_error")).toBeUndefined();
});

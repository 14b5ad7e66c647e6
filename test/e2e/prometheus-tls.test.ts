import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startDaemon, type RunningDaemon } from "../support/daemon.ts";
import { startPrometheus, type RunningPrometheus } from "../support/prometheus.ts";
import { until } from "../support/until.ts";
import { makeWebDirectory, withAuth, type WebDirectory } from "../support/web-directory.ts";

let directory: WebDirectory;
let daemon: RunningDaemon;

beforeAll(async () => {
  directory = await makeWebDirectory();
  await replacePair("server");
  const file = join(directory.path, "web.yml");
  const config = withAuth("RequireAndVerifyClientCert").replaceAll("server.", "live.");
  await writeFile(file, config + directory.users);
  daemon = await startDaemon({ config: "probes: []\n", flags: [`--web.config.file=${file}`] });
});

afterAll(async () => {
  await daemon[Symbol.asyncDispose]();
  await directory[Symbol.asyncDispose]();
});

beforeEach(async () => {
  await Promise.all([replacePair("server"), setPassword("right")]);
});

/** Puts another pair in the place of that which is served, file by file, as renewing does. */
async function replacePair(name: string): Promise<void> {
  for (const type of ["pem", "key"]) {
    await copyFile(join(directory.path, `${name}.${type}`), join(directory.path, `live.${type}`));
  }
}

async function setPassword(password: string): Promise<void> {
  await writeFile(join(directory.path, "password"), password);
}

/** A Prometheus that trusts the authority, with a login and a client certificate unless told otherwise. */
async function startScraper(scraping: object = {}): Promise<RunningPrometheus> {
  const { certificate, key } = directory.client;
  return startPrometheus(daemon.address, {
    scraping: {
      scheme: "https",
      tls_config: {
        ca_file: join(directory.path, "ca.pem"),
        cert_file: certificate,
        key_file: key,
      },
      basic_auth: { username: "ada", password_file: join(directory.path, "password") },
      ...scraping,
    },
  });
}

/** Waits for a scrape from now on that succeeds (1) or fails (0); throws when there is none. */
async function isUp(prometheus: RunningPrometheus, value: 0 | 1): Promise<boolean> {
  const nowSeconds = Date.now() / 1000;
  return until(`a scrape with up ${String(value)}`, async () => {
    const found = await prometheus.query(`up and timestamp(up) > ${String(nowSeconds)}`);
    return found[0]?.value === value;
  });
}

describe("Prometheus over TLS, with a login and a client certificate", () => {
  test("scrapes the daemon, and does not while its password is wrong", async () => {
    await using prometheus = await startScraper();
    expect(await isUp(prometheus, 1)).toBe(true);
    expect(await prometheus.query("cudaprobe_build_info")).toMatchObject([{ value: 1 }]);
    await setPassword("wrong");
    expect(await isUp(prometheus, 0)).toBe(true);
    await setPassword("right");
    expect(await isUp(prometheus, 1)).toBe(true);
  });

  test("goes on scraping when the certificate is renewed, as does one that connects anew", async () => {
    await using prometheus = await startScraper();
    expect(await isUp(prometheus, 1)).toBe(true);
    await replacePair("renewed");
    expect(await isUp(prometheus, 1)).toBe(true);
    await using another = await startScraper();
    expect(await isUp(another, 1)).toBe(true);
  });

  test("does not when the new certificate is of an authority that it does not trust", async () => {
    await replacePair("foreign");
    await using prometheus = await startScraper();
    expect(await isUp(prometheus, 0)).toBe(true);
    await replacePair("renewed");
    expect(await isUp(prometheus, 1)).toBe(true);
  });

  test("does not without a client certificate", async () => {
    const ca = { ca_file: join(directory.path, "ca.pem") };
    await using prometheus = await startScraper({ tls_config: ca });
    expect(await isUp(prometheus, 0)).toBe(true);
  });

  test("does not over HTTP", async () => {
    await using prometheus = await startScraper({ scheme: "http" });
    expect(await isUp(prometheus, 0)).toBe(true);
  });
});

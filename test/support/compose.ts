import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";

/** Where the compose files lie, and what their paths are relative to. */
export const COMPOSE_DIRECTORY = resolve(import.meta.dirname, "../../deploy/compose");

const serviceSchema = z.looseObject({
  image: z.string().default(""),
  command: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
});
const composeSchema = z.looseObject({
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.unknown()).default({}),
});

export type Compose = z.infer<typeof composeSchema>;

/** A file or a directory of the host, or a volume, and where a service sees it. */
export interface Mount {
  /** A path, absolute, or the name of a volume. */
  readonly source: string;
  readonly target: string;
  readonly isVolume: boolean;
}

/** A compose file as YAML has it, `!reset null` as null. */
export async function readCompose(name: string): Promise<unknown> {
  const text = await readFile(resolve(COMPOSE_DIRECTORY, name), "utf8");
  const customTags = [{ tag: "!reset", resolve: () => null }];
  const document = parseDocument(text, { customTags });
  if (document.errors.length > 0) throw new Error(String(document.errors));
  return document.toJS();
}

export async function parseCompose(name: string): Promise<Compose> {
  return composeSchema.parse(await readCompose(name));
}

/** What a service mounts; none when there is no such service. */
export function mountsOf(compose: Compose, service: string): readonly Mount[] {
  const volumes = compose.services[service]?.volumes ?? [];
  return volumes.map((volume) => {
    const [source = "", target = ""] = volume.split(":");
    const isVolume = !source.startsWith(".");
    return { source: isVolume ? source : resolve(COMPOSE_DIRECTORY, source), target, isVolume };
  });
}

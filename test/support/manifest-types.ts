import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { z } from "zod";
import type { Manifest } from "./kustomize.ts";

const root = resolve(import.meta.dirname, "../..");

const modelSchema = z.looseObject({
  validate: z.custom<() => void>((value) => typeof value === "function"),
});

/** Where the types lie that are generated from the schemas of Kubernetes and of the Prometheus operator. */
const MODULES: Readonly<Record<string, string>> = {
  v1: "kubernetes-models/v1",
  "apps/v1": "kubernetes-models/apps/v1",
  "monitoring.coreos.com/v1": "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1",
};

/**
 * What is wrong with manifests, a line each: fields that their schema does not know or misses, and values of another type. The compiler
 * finds it, because it takes no unknown field in a literal, which the schemas themselves let pass; patterns of values are the schemas'.
 */
export async function findMistakes(manifests: readonly Manifest[]): Promise<readonly string[]> {
  const [types, values] = await Promise.all([
    compile(manifests),
    Promise.all(manifests.map(async (manifest) => validate(manifest))),
  ]);
  return [...types, ...values.flat()];
}

async function validate(manifest: Manifest): Promise<readonly string[]> {
  const models: unknown = await import(moduleOf(manifest));
  const model = z.record(z.string(), z.unknown()).parse(models)[manifest.kind];
  if (typeof model !== "function") return [`there is no ${manifest.kind}`];
  try {
    const made: unknown = Reflect.construct(model, [manifest]);
    modelSchema.parse(made).validate.call(made);
    return [];
  } catch (error) {
    return [String(error)];
  }
}

/** Inside the repository, where the compiler finds the types. */
async function compile(manifests: readonly Manifest[]): Promise<readonly string[]> {
  await mkdir(join(root, "out"), { recursive: true });
  const directory = await mkdtemp(join(root, "out", "manifests-"));
  try {
    const file = join(directory, "manifests.ts");
    await writeFile(file, manifests.map((manifest, index) => literal(manifest, index)).join("\n"));
    const flags = ["--ignoreConfig", "--noEmit", "--strict", "--skipLibCheck", "--pretty", "false"];
    const options = { cwd: root, preferLocal: true, reject: false };
    const end = await execa("tsc", [...flags, "--module", "nodenext", file], options);
    return end.stdout.split("\n").filter((line) => line !== "");
  } finally {
    await rm(directory, { recursive: true });
  }
}

function literal(manifest: Manifest, index: number): string {
  const name = `I${manifest.kind} as T${String(index)}`;
  return [
    `import type { ${name} } from "${moduleOf(manifest)}";`,
    `export const m${String(index)}: T${String(index)} = ${JSON.stringify(manifest, undefined, 1)};`,
  ].join("\n");
}

function moduleOf({ apiVersion }: Manifest): string {
  const module = MODULES[apiVersion];
  if (module === undefined) throw new Error(`no types are known of ${apiVersion}`);
  return module;
}

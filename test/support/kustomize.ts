import { resolve } from "node:path";
import { execa } from "execa";
import { parseAllDocuments } from "yaml";
import { z } from "zod";

const root = resolve(import.meta.dirname, "../..");

const manifestSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
});

/** What Kubernetes would be given. */
export type Manifest = z.infer<typeof manifestSchema>;

/** Renders a kustomization, by its directory in the repository, as `kubectl apply -k` would. */
export async function renderKustomization(directory: string): Promise<readonly Manifest[]> {
  const end = await execa("kubectl", ["kustomize", directory], { cwd: root, reject: false });
  if (end.failed) {
    throw new Error(`kubectl kustomize failed (Debian: kubernetes-client)\n${end.message}`);
  }
  return parseAllDocuments(end.stdout)
    .map((document) => manifestSchema.parse(document.toJS()))
    .map(joinSecret);
}

/** Long Base64 comes in lines, which Kubernetes reads and its schema does not allow. */
function joinSecret(manifest: Manifest): Manifest {
  if (manifest.kind !== "Secret") return manifest;
  const data = z.record(z.string(), z.string()).parse(manifest["data"]);
  const joined = Object.entries(data).map(([name, text]) => [name, text.replaceAll("\n", "")]);
  return { ...manifest, data: Object.fromEntries(joined) };
}

/** The only one of a kind. */
export function theOnly(manifests: readonly Manifest[], kind: string): Manifest {
  const [found, ...others] = manifests.filter((manifest) => manifest.kind === kind);
  if (found === undefined || others.length > 0) throw new Error(`there is not one ${kind}`);
  return found;
}

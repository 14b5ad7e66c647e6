import { z } from "zod";
import { type Manifest, theOnly } from "./kustomize.ts";

const probeSchema = z.object({
  httpGet: z.object({ path: z.string(), port: z.string(), scheme: z.string().optional() }),
});
const containerSchema = z.looseObject({
  image: z.string(),
  args: z.array(z.string()).default([]),
  env: z.array(z.object({ name: z.string(), value: z.string() })),
  resources: z.object({
    requests: z.record(z.string(), z.string()),
    limits: z.record(z.string(), z.string()),
  }),
  securityContext: z.looseObject({
    capabilities: z.object({ drop: z.array(z.string()), add: z.array(z.string()).default([]) }),
  }),
  volumeMounts: z.array(z.looseObject({ name: z.string(), mountPath: z.string() })),
  livenessProbe: probeSchema.optional(),
  readinessProbe: probeSchema.optional(),
});
const podSchema = z.looseObject({
  containers: z.tuple([containerSchema]),
  initContainers: z.array(containerSchema).default([]),
  volumes: z.array(z.looseObject({ name: z.string() })),
});

type Pod = z.infer<typeof podSchema>;

/** The pod that runs on each host. */
export function podOf(manifests: readonly Manifest[]): Pod {
  const { spec } = theOnly(manifests, "DaemonSet");
  return z.object({ template: z.object({ spec: podSchema }) }).parse(spec).template.spec;
}

/** A file of a ConfigMap or a Secret, whose name begins so. */
export function fileIn(manifests: readonly Manifest[], name: string, file: string): string {
  const found = manifests.find(({ metadata }) => metadata.name.startsWith(name));
  return z.record(z.string(), z.string()).parse(found?.["data"])[file] ?? "";
}

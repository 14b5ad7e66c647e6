import * as z from "zod";

/** A key of the config as its schema describes it, for messages and for the docs. */
export interface KeyFacts {
  readonly key: string;
  /** What may be written, in words: "duration", "`warm` or `cold`". */
  readonly allowed: string;
  /** As a person would write it; undefined when there is none. */
  readonly fallback: string | undefined;
  readonly required: boolean;
  /** A sentence or two. */
  readonly description: string;
  /** The keys below it, of a mapping. */
  readonly keys: readonly KeyFacts[];
}

type Schema = z.core.JSONSchema.BaseSchema;

const FORMATS: Readonly<Record<string, string>> = {
  duration: "duration",
  size: "size",
  sizes: "list of sizes",
  ratio: "ratio",
  gpus: "`all`, or a list",
  words: "list",
  flag: "`true`, `false`",
};

/** The keys that a mapping of this schema has, in their order in the source. */
export function listKeys(schema: z.ZodType): readonly KeyFacts[] {
  return describeProperties(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
}

function describeProperties(schema: Schema): readonly KeyFacts[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]) =>
    typeof property === "boolean"
      ? []
      : [
          {
            key,
            allowed: describeAllowed(property),
            fallback: describeFallback(property.default),
            required: schema.required?.includes(key) ?? false,
            description: property.description ?? "",
            keys: describeProperties(itemsOf(property)),
          },
        ],
  );
}

/** Of a list the schema of its items, else the schema itself. */
function itemsOf({ items, ...schema }: Schema): Schema {
  const isSchema = typeof items === "object" && !Array.isArray(items);
  return isSchema ? items : schema;
}

function describeAllowed(schema: Schema): string {
  const format = FORMATS[schema.format ?? ""];
  if (format !== undefined) return format;
  if (schema.enum !== undefined)
    return schema.enum.map((value) => `\`${String(value)}\``).join(", ");
  if (schema.type === "integer") return `whole ${describeNumber(schema)}`;
  if (schema.type === "number") return describeNumber(schema);
  if (schema.type === "string") return "text";
  if (schema.type === "array") return "list";
  return schema.type === "object" ? "mapping" : "value";
}

function describeNumber({ minimum, maximum }: Schema): string {
  return `number from ${String(minimum)} to ${String(maximum)}`;
}

function describeFallback(value: unknown): string | undefined {
  if (Array.isArray(value)) return `[${value.map(String).join(", ")}]`;
  const isScalar = ["string", "number", "boolean"].includes(typeof value);
  return isScalar ? String(value) : undefined;
}

import * as z from "zod";
import type { Measurement } from "./kind.ts";
import type { ProbeContext } from "./probe-context.ts";
import type { StartOrder } from "./start-order.ts";

/** Whether the driver's libraries are in the page cache. */
export const pageCacheOption = {
  page_cache: z
    .enum(["warm", "cold"])
    .default("warm")
    .describe(
      "`cold`: every run starts from a private copy of the driver's libraries that is on the disk and not in memory; `warm`: from those that are installed, as the host has them.",
    ),
};

export type PageCache = "warm" | "cold";

/** What makes the page cache cold for the next start, on no timed phase and in a process of its own. */
export function preparePages(pageCache: PageCache): readonly StartOrder[] {
  if (pageCache === "warm") return [];
  return [{ role: "prepare", program: "cold_pages", instances: 1, args: preparation }];
}

function preparation({ libcuda, libraryCopies = "" }: ProbeContext): readonly string[] {
  return [
    `--directory=${libraryCopies}`,
    ...(libcuda === undefined ? [] : [`--libcuda=${libcuda}`]),
  ];
}

/** The library that a start takes: the copy, where there is one. */
export function libcudaArgument(
  pageCache: PageCache,
  { libcuda, libraryCopies = "" }: ProbeContext,
): readonly string[] {
  if (pageCache === "cold") return [`--libcuda=${libraryCopies}/libcuda.so.1`];
  return libcuda === undefined ? [] : [`--libcuda=${libcuda}`];
}

/** What the driver loads by itself is looked for among the copies first. */
export function copiesEnvironment(
  pageCache: PageCache,
  { libraryCopies }: ProbeContext,
): Readonly<Record<string, string>> {
  if (pageCache === "warm" || libraryCopies === undefined) return {};
  return { LD_LIBRARY_PATH: libraryCopies };
}

/** What such a measurement needs beside its starts. */
export function pageCacheNeeds(pageCache: PageCache): Pick<Measurement, "copiesLibraries"> {
  return pageCache === "cold" ? { copiesLibraries: true } : {};
}

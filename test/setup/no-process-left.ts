import { afterAll } from "vitest";
import { listChildren } from "./list-children.ts";

// Registered first, so it runs last: what a file starts in beforeAll may live until its own afterAll.
afterAll(() => {
  const left = listChildren(process.pid);
  for (const child of left) process.kill(child.pid, "SIGKILL");
  if (left.length > 0) {
    const names = left.map(({ pid, command }) => `${pid} ${command}`);
    throw new Error(`this file left processes running: ${names.join(", ")}`);
  }
});

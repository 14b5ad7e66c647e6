import { expect, test } from "vitest";
import { gpuText } from "../../src/config/gpus.ts";

test.each([
  ["0", 0],
  ["17", 17],
  ["GPU-01234567", "GPU-01234567"],
])("%s names a GPU", (text, gpu) => {
  expect(gpuText().parse(text)).toBe(gpu);
});

test.each(["9".repeat(400), "-1", "0x1", "1e3", " 1", "constructor", "GPU-", "GPU-0 or 1", ["0"]])(
  "%.20s names none",
  (text) => {
    expect(gpuText().safeParse(text).success).toBe(false);
  },
);

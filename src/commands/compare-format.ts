/** What `--format` of `compare` may say. */
export const COMPARE_FORMATS = ["table", "json"] as const;

export type CompareFormat = (typeof COMPARE_FORMATS)[number];

// @ts-check
import { fetchBody } from "../../load/fetch.js";

/** An answer that is one. @param {string} url @param {import("node:http").RequestOptions} options */
export async function scrape(url, options) {
  const { status, ...answer } = await fetchBody(url, options);
  if (status !== 200) throw new Error(`${url} answered ${status}`);
  return answer;
}

/** Lines that are samples. @param {string} text */
export function countSeries(text) {
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("#")).length;
}

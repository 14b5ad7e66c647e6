// @ts-check
import { get } from "node:http";

/** What Prometheus sends. */
export const PROMETHEUS_HEADERS = {
  accept:
    "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
  "accept-encoding": "gzip",
};

/**
 * Seconds from the question to the end of the answer, and the answer as it came.
 * @param {string} url @param {import("node:http").RequestOptions} options
 * @returns {Promise<{ seconds: number, body: Buffer }>}
 */
export async function scrape(url, options) {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const request = get(url, options, (response) => {
      /** @type {Buffer[]} */
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const seconds = (performance.now() - began) / 1000;
        if (response.statusCode === 200) resolve({ seconds, body: Buffer.concat(chunks) });
        else reject(new Error(`${url} answered ${response.statusCode}`));
      });
    });
    request.on("error", reject);
  });
}

/** Lines that are samples. @param {string} text */
export function countSeries(text) {
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("#")).length;
}

// @ts-check
import { get } from "node:http";
import { gunzipSync } from "node:zlib";

/**
 * An answer as it came.
 * @typedef {object} Answer
 * @property {number} status
 * @property {Buffer} body compressed where `isPacked`
 * @property {boolean} isPacked
 * @property {number} seconds from the question to the end of the answer
 */

/** @param {string} url @param {import("node:http").RequestOptions} options @returns {Promise<Answer>} */
export async function fetchBody(url, options) {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const request = get(url, options, (response) => {
      /** @type {Buffer[]} */
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const seconds = (performance.now() - began) / 1000;
        const isPacked = response.headers["content-encoding"] === "gzip";
        const status = response.statusCode ?? 0;
        resolve({ status, body: Buffer.concat(chunks), isPacked, seconds });
      });
    });
    request.on("error", reject);
  });
}

/** @param {string} url @param {import("node:http").RequestOptions} options */
export async function fetchText(url, options) {
  const { status, body, isPacked } = await fetchBody(url, options);
  return { status, text: (isPacked ? gunzipSync(body) : body).toString() };
}

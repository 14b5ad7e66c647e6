// @ts-check
import { residentBytes } from "./processes.js";

const SAMPLE = 500;
const MINUTE = 60_000;

/** Resident memory from now on, each minute, in bytes. @param {number} pid */
export function watchMemory(pid) {
  const eachMinute = [residentBytes(pid)];
  const timer = setInterval(() => eachMinute.push(residentBytes(pid)), MINUTE);
  return { eachMinute, stop: () => clearInterval(timer) };
}

/** The median of resident memory over some seconds, in bytes. @param {number} pid @param {number} seconds */
export async function settledMemory(pid, seconds) {
  /** @type {number[]} */
  const samples = [];
  for (let left = (seconds * 1000) / SAMPLE; left > 0; left -= 1) {
    samples.push(residentBytes(pid));
    await new Promise((resume) => {
      setTimeout(resume, SAMPLE);
    });
  }
  return samples.toSorted((a, b) => a - b)[samples.length >> 1] ?? 0;
}

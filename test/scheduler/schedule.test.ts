import { getTasks } from "node-cron";
import { describe, expect, it } from "vitest";
import {
  intervalSeconds,
  shortestGapSeconds,
  validateSchedule,
} from "../../src/scheduler/schedule.ts";

describe("validateSchedule", () => {
  it.each(["* * * * *", "*/15 * * * * *", "0 3 * * mon-fri", "0 0 29 2 *", "@hourly"])(
    "accepts %s",
    (expression) => {
      expect(validateSchedule(expression)).toBeUndefined();
    },
  );

  it.each([
    ["61 * * * *", "61 is a invalid expression for minute"],
    ["* * * *", "expected 5 or 6 fields but got 4"],
    ["", "illegal characters"],
    ["every minute", "expected 5 or 6 fields"],
    ["0 0 31 2 *", "impossible day of month"],
    ["*/0 * * * *", "invalid expression for minute"],
    ["@reboot", "illegal characters"],
  ])("refuses %j and says what is allowed", (expression, message) => {
    expect(validateSchedule(expression)).toContain(message);
    expect(validateSchedule(expression)).toContain("write five fields");
  });

  it.each(["1-999999999 * * * *", "0-59/0.0000001 * * * *", `${"*/1,".repeat(20_000)}1 * * * *`])(
    "refuses %.30s without working out what it means, which would take all memory or minutes",
    (expression) => {
      expect(validateSchedule(expression)).toContain("too long, or has numbers that are");
    },
  );

  it.each(["0 0 30W 2 *", "0 0 1 * 5#3"])("refuses %s, which never ticks", (expression) => {
    expect(validateSchedule(expression)).toBe("this never comes");
  });

  it.each(["0 0 29 2 *", "0 0 1 1 5", "0 0 L * 1", "0 0 * * 5#3"])(
    "takes %s, which ticks seldom",
    (expression) => {
      expect(validateSchedule(expression)).toBeUndefined();
    },
  );
});

describe("intervalSeconds", () => {
  it.each([
    ["* * * * *", 60],
    ["*/15 * * * * *", 15],
    ["30 * * * *", 3600],
  ])("of %s is %i", (expression, seconds) => {
    expect(intervalSeconds(expression)).toBe(seconds);
  });

  it("leaves no task behind", () => {
    intervalSeconds("* * * * *");
    expect(getTasks().size).toBe(0);
  });
});

describe("shortestGapSeconds", () => {
  it.each([
    ["* * * * * *", 1],
    ["* * * * *", 60],
    ["*/7 * * * *", 240],
    ["0,10 9 * * *", 600],
    ["0,0 9,9 * * *", 86400],
    ["30,30,5 0 9 * * *", 25],
    ["5,50 * * * * *", 15],
    ["5,15 0 9 * * *", 10],
    ["0,59 59 23 * * *", 59],
    ["59,0 0,59 0,23 * * *", 1],
    ["0 1,23 * * *", 7200],
    ["0 3 * * *", 86400],
    ["0 0 1 1 *", 86400],
  ])("of %s is %i", (expression, seconds) => {
    expect(shortestGapSeconds(expression)).toBe(seconds);
  });

  it("throws on what is no schedule, which the config has refused", () => {
    expect(() => shortestGapSeconds("nonsense")).toThrow("not a schedule");
  });
});

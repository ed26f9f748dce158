import { expect, it } from "vitest";
import { nowMs } from "../../../bench/load/clock.ts";
import { Alarm } from "../../../bench/network/alarm.ts";

/** So near that the event loop is turned over for it. */
const nearMs = 1;

/** How long an alarm turned the loop over for nothing, until it rang; `meanwhile` is called in each turn. */
function turning(meanwhile: (alarm: Alarm, dueMs: number) => void): Promise<number> {
  return new Promise((resolve) => {
    let rung = false;
    const dueMs = nowMs() + nearMs;
    const alarm = new Alarm(() => {
      rung = true;
      expect(nowMs()).toBeGreaterThanOrEqual(dueMs);
      resolve(alarm.turningMs);
    });
    alarm.set(dueMs);
    const turn = () => {
      if (rung) return;
      meanwhile(alarm, dueMs);
      setImmediate(turn);
    };
    turn();
  });
}

it("counts the turns in which there was nothing to do", async () => {
  expect(await turning(() => {})).toBeGreaterThan(0);
});

it("takes no turn for waiting in which there was something to carry", async () => {
  expect(await turning((alarm, dueMs) => alarm.set(dueMs + 1_000))).toBe(0);
});

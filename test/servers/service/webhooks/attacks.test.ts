import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../../bench/stats/random.ts";
import { History, historyLimits } from "../../../../servers/service/history.ts";
import { Switchboard } from "../../../../servers/service/switchboard.ts";
import { attackedDialects, guessedSecrets, timeOutsideWindow } from "./attacked-dialects.ts";
import { type Delivery, deliver, nowMs, secrets } from "./deliver.ts";

const attacks = 1_000;
const numbers = Array.from({ length: attacks }, (_, index) => index);

/** Every delivery that was taken for genuine: how many, and the first of them, to be looked at. */
function takenOf(deliveries: readonly Delivery[]) {
  const taken = deliveries.filter((delivery) => deliver(delivery).events.length > 0);
  return { count: taken.length, first: taken[0] };
}

const none = { count: 0, first: undefined };

describe.each(attackedDialects)("$name", ({ sign, tamperings, isTimed }) => {
  const genuine = numbers.map((number) => sign(number, secrets, nowMs));
  const random = seededRandom(20_111_105);

  it(`is taken ${attacks} times of ${attacks} when genuine`, () => {
    expect(takenOf(genuine).count).toBe(attacks);
  });

  it(`is taken 0 times of ${attacks} when forged`, () => {
    expect(takenOf(numbers.map((number) => sign(number, guessedSecrets(random), nowMs)))).toEqual(none);
  });

  const kinds = Object.entries(tamperings);
  it(`is taken 0 times of ${attacks} when tampered with: ${Object.keys(tamperings).join(", ")}`, () => {
    const tampered = genuine.map((delivery, index) => {
      const [, tamper] = kinds[index % kinds.length] ?? [];
      if (!tamper) throw new Error("expected a dialect that can be tampered with, got none");
      return tamper(delivery, random);
    });
    expect(tampered.filter((delivery, index) => isDeepStrictEqual(delivery, genuine[index]))).toEqual([]);
    expect(takenOf(tampered)).toEqual(none);
  });

  it.runIf(isTimed)(`is taken 0 times of ${attacks} when replayed outside its window`, () => {
    expect(takenOf(numbers.map((number) => sign(number, secrets, timeOutsideWindow(random))))).toEqual(none);
  });

  it(`is published 0 times of ${attacks} when sent again`, () => {
    const switchboard = new Switchboard(new History(historyLimits(10_000)));
    const publish = (delivery: Delivery) =>
      deliver(delivery).events.map((event) => switchboard.publish(event));
    const ids = genuine.flatMap(publish);
    expect(switchboard.history.last).toBe(attacks);
    // It is answered as the first time.
    expect(genuine.flatMap(publish)).toEqual(ids);
    expect(switchboard.history.last).toBe(attacks);
  });
});

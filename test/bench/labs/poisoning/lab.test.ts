import { expect, it } from "vitest";
import lab from "../../../../bench/labs/poisoning/lab.ts";
import { smokeOptions, smokeTrial } from "../smoke-trial.ts";

const all = 20;
const poisoned: Readonly<Record<string, number>> = {
  "hixie-76": all,
  unmasked: all,
  "predictable-mask": all,
  "fresh-mask": 0,
  connect: 0,
  "raw-tcp": all,
  tls: 0,
};

it("tries every arm at the one point there is, once", () => {
  expect(lab.cells(smokeOptions())).toEqual(Object.keys(poisoned).map((arm) => ({ arm, point: {} })));
  expect(lab.blocks?.(smokeOptions())).toBe(1);
});

it.each(Object.entries(poisoned))("%s: %i of 20 tries poison the cache", async (arm, wanted) => {
  const { figures } = await smokeTrial(lab, { arm, point: {} });
  expect(figures).toMatchObject({
    tries: all,
    poisoned: wanted,
    poisonedPercent: (100 * wanted) / all,
    perTryMs: expect.any(Number),
  });
});

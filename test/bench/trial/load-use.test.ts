import { expect, it } from "vitest";
import { isGeneratorBound, utilisationOf } from "../../../bench/trial/load-use.ts";

const subscribers = { role: "subscribers", utilisation: 0.5 } as const;

it("adds up what shares a core", () => {
  const load = [subscribers, { role: "publisher", utilisation: 0.25 } as const];
  expect(utilisationOf(load)).toBeCloseTo(0.75);
  expect(isGeneratorBound(load)).toBe(false);
  expect(isGeneratorBound([...load, { role: "relay", utilisation: 0.06 }])).toBe(true);
});

it("does not take for bound what is busy between the rounds alone", () => {
  const load = [subscribers, { role: "conductor", utilisation: 0.4 } as const];
  expect(utilisationOf(load)).toBeCloseTo(0.9);
  expect(isGeneratorBound(load)).toBe(false);
});

import { expect, it } from "vitest";
import { partText, proxyStudy } from "../../../bench/claims/proxy-study.ts";

const { impressions, upgrade, connect, flash, java } = proxyStudy;
const percent = (part: number, whole: number) => ((100 * part) / whole).toFixed(4);

it("the shares are those of the study, and of the slide", () => {
  expect(percent(upgrade.answeredByAttacker, upgrade.succeeded)).toBe("0.3676");
  expect(percent(upgrade.poisoned, upgrade.succeeded)).toBe("0.0169");
  expect(percent(upgrade.hijacked, upgrade.succeeded)).toBe("0.0021");
  expect(percent(flash.hijacked, flash.succeeded)).toBe("6.1475");
  expect(percent(flash.poisoned, flash.succeeded)).toBe("0.2106");
  expect(percent(java.hijacked, java.succeeded)).toBe("7.0195");
  expect(percent(java.poisoned, java.succeeded)).toBe("0.1764");
  expect([upgrade, connect].map(({ succeeded }) => percent(succeeded, impressions))).toEqual([
    "86.8046",
    "86.5625",
  ]);
});

it("a part reads as count and percent", () => {
  expect(partText(8, 47_338)).toBe("8 of 47,338 (0.017 %)");
  expect(partText(174, 47_338)).toBe("174 of 47,338 (0.37 %)");
});

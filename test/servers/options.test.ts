import { expect, it } from "vitest";
import { withDefaults } from "../../servers/options.ts";
import { History, historyLimits } from "../../servers/service/history.ts";

it("keeps the last 10,000 events unless told otherwise", () => {
  const history = new History(historyLimits(withDefaults().historyEvents));
  for (let id = 1; id <= 10_001; id++) history.append(Buffer.from("{}"));
  expect([history.first, history.last]).toEqual([2, 10_001]);
});

it("puts what is given in the place of defaults", () => {
  expect(withDefaults({ workers: 3 })).toEqual({ ...withDefaults(), workers: 3 });
});

import { expect, it } from "vitest";
import { spoken, toldBy } from "../../../../bench/report/page/told.ts";

it("a tooltip is texts by title, one text, or nothing", () => {
  const told = toldBy({ server: "ws", p99: "3.6 ms" });
  expect(told).toEqual([
    { title: "server", text: "ws" },
    { title: "p99", text: "3.6 ms" },
  ]);
  expect(spoken(told ?? [])).toBe("server: ws; p99: 3.6 ms");
  expect(spoken(toldBy(12) ?? [])).toBe("12");
  for (const nothing of [undefined, null, "", {}]) expect(toldBy(nothing)).toBeUndefined();
});

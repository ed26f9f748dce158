import { expect, it } from "vitest";
import { spread } from "../../../../bench/labs/bytes/spread.ts";

it("gives each client a message a round, in turn", async () => {
  const sent: number[] = [];
  await spread({ clients: 3, intervalMs: 6, rounds: 2 }, (client) => sent.push(client));
  expect(sent).toEqual([0, 1, 2, 0, 1, 2]);
});

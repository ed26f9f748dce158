import { expect, it } from "vitest";
import { Account } from "../../../../bench/labs/boiling/account.ts";

const event = (id: number, data: unknown) => ({ id, type: "hook.bench", at: 0, data });

it("counts answers, deliveries and what is missing or repeated, from where it was opened", () => {
  const account = new Account();
  account.answer(0);
  account.event(event(3, { intendedMs: 0, padding: "" }), 2, 5);
  account.open();
  account.answer(0);
  account.answer(2);
  expect(account.event(event(4, { intendedMs: 10, padding: "" }), 3, 12)).toBe(4);
  expect(account.event(event(7, { intendedMs: 11, padding: "" }), 4, 12)).toBe(7);
  expect(account.event(event(7, { intendedMs: 11, padding: "" }), 7, 13)).toBe(7);
  // Of somebody else: seen, and no delivery of the load.
  expect(account.event(event(8, "hello"), 7, 13)).toBe(8);
  account.end("the server closed the connection");
  expect(account.read()).toEqual({
    answers: 2,
    empty: 1,
    deliveries: 2,
    stalenessMs: [2, 1],
    missing: 2,
    repeated: 1,
    endings: ["the server closed the connection"],
  });
});

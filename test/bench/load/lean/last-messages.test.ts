import { expect, it } from "vitest";
import { LastMessages } from "../../../../bench/load/lean/last-messages.ts";

const message = (id: number) => Buffer.from(`{"id":${id}}`);

it("parses the same bytes once, wherever they lie", () => {
  const messages = new LastMessages();
  const first = messages.parse(message(1), 0, 8);
  expect(first).toEqual({ id: 1 });
  const elsewhere = Buffer.concat([Buffer.from("xx"), message(1), Buffer.from("yy")]);
  expect(messages.parse(elsewhere, 2, 10)).toBe(first);
});

it("remembers several, as subscribers get several in one read", () => {
  const messages = new LastMessages();
  const parseAll = () => [1, 2, 3, 4].map((id) => messages.parse(message(id), 0, 8));
  const first = parseAll();
  const second = parseAll();
  for (const [index, value] of first.entries()) expect(second[index]).toBe(value);
});

it("does not mistake one message for another of the same length", () => {
  const messages = new LastMessages();
  for (let id = 10; id < 60; id++) expect(messages.parse(message(id), 0, 9)).toEqual({ id });
});

it("keeps nothing of the buffer it was handed", () => {
  const messages = new LastMessages();
  const shared = message(1);
  messages.parse(shared, 0, 8);
  message(2).copy(shared);
  expect(messages.parse(shared, 0, 8)).toEqual({ id: 2 });
  expect(messages.parse(message(1), 0, 8)).toEqual({ id: 1 });
});

import { expect, it } from "vitest";
import { TalliedSubscriber, Tally } from "../../../bench/load/tally.ts";

const manners = { pollMs: 20, waitSeconds: 5 };
const event = (id: number, data: unknown = { intendedMs: 0, padding: "" }) => ({
  id,
  type: "hook.x",
  at: 1,
  data,
});

it("counts the load's events once per subscriber, and repeated ones apart", () => {
  const tally = new Tally();
  const [one, other] = [1, 2].map(() => new TalliedSubscriber(tally, manners, undefined));
  for (const subscriber of [one, other]) {
    for (const id of [1, 2, 2, 4, 3]) subscriber?.onEvent(event(id));
  }
  one?.onEvent(event(5, "of somebody else"));
  expect(tally).toMatchObject({ events: 6, repeated: 4 });
  expect(tally.latencies.count).toBe(6);
});

it("keeps the latencies of rounds when asked to", () => {
  const tally = new Tally();
  const subscriber = new TalliedSubscriber(tally, manners, undefined);
  const roundOf = (id: number) => {
    subscriber.onEvent(event(id));
    return tally.nextRound().length;
  };
  expect([1, 2, 3].map(roundOf)).toEqual([0, 1, 1]);
  tally.reset();
  expect(roundOf(4)).toBe(0);
});

it("forgets what came before a reset, but not who has ended", () => {
  const tally = new Tally();
  const subscriber = new TalliedSubscriber(tally, manners, "127.0.0.2");
  subscriber.onEvent(event(1));
  subscriber.onEnd("server closing");
  tally.reset();
  expect(tally).toMatchObject({ events: 0, repeated: 0, endings: 1, ended: { "server closing": 1 } });
  subscriber.onEvent(event(1));
  expect(tally).toMatchObject({ events: 0, repeated: 1 });
});

it("waits until all events are there", async () => {
  const tally = new Tally();
  const subscriber = new TalliedSubscriber(tally, manners, undefined);
  let over = false;
  const waiting = tally.awaitEvents(2, 60_000).then((missing) => {
    over = true;
    return missing;
  });
  subscriber.onEvent(event(1));
  await Promise.resolve();
  expect(over).toBe(false);
  subscriber.onEvent(event(2));
  expect(await waiting).toBe(0);
});

it("misses what has not come when time is up, and never less than nothing", async () => {
  const tally = new Tally();
  const subscriber = new TalliedSubscriber(tally, manners, undefined);
  for (const id of [1, 2, 3]) subscriber.onEvent(event(id));
  expect(await tally.awaitEvents(5, 0)).toBe(2);
  expect(await tally.awaitEvents(2, 60_000)).toBe(0);
});

it("behaves as told", () => {
  const subscriber = new TalliedSubscriber(new Tally(), manners, "127.0.0.2");
  expect(subscriber).toMatchObject({ pollMs: 20, waitSeconds: 5, localAddress: "127.0.0.2" });
});

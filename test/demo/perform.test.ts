import { expect, it } from "vitest";
import { perform } from "../../demo/perform.ts";

it("has no call where the demo was interrupted before it", async () => {
  let calls = 0;
  const session = {
    placesCalls: true,
    seeCalls: async () => ++calls > 0,
    restart: async () => {},
  };
  const interrupted = AbortSignal.abort();
  expect(await perform({ session, servers: [], interrupted, calls: 1 })).toBe("quit");
  expect(calls).toBe(0);
});

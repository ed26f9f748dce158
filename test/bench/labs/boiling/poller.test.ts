import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Account } from "../../../../bench/labs/boiling/account.ts";
import { Poller } from "../../../../bench/labs/boiling/poller.ts";

const event = (id: number) => ({ id, type: "hook.bench", at: 0, data: { intendedMs: 0, padding: "" } });

let server: Server;
let targets: string[];
/** Called with the number of requests so far. */
let onRequest: (requests: number) => void;
let poller: Poller;
let account: Account;

beforeEach(async () => {
  targets = [];
  onRequest = () => {};
  server = createServer((request, response) => {
    const { url = "" } = request;
    targets.push(url);
    // The newest event is number 5, until somebody asks for what came after it.
    const events = url.startsWith("/events?after=5") ? [event(6), event(7)] : [];
    response.end(JSON.stringify({ events, last: url === "/events" ? 5 : 7 }));
    onRequest(targets.length);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  account = new Account();
  poller = new Poller(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, account);
  await poller.start();
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function requests(count: number): Promise<void> {
  return new Promise((resolve) => {
    onRequest = (seen) => {
      if (seen >= count) resolve();
    };
  });
}

it("asks at its times from the cursor on, and has every answer counted", async () => {
  const four = requests(5);
  poller.ask({ kind: "polling", pollMs: 2, phaseMs: 1 });
  await four;
  expect(targets.slice(0, 4)).toEqual(["/events", "/events?after=5", "/events?after=7", "/events?after=7"]);
  // The last of them may be on its way.
  const { answers, empty, deliveries, missing, repeated } = account.read();
  expect(answers).toBeGreaterThanOrEqual(3);
  expect(empty).toBe(answers - 1);
  expect({ deliveries, missing, repeated }).toEqual({ deliveries: 2, missing: 0, repeated: 0 });
});

it("asks again as soon as it is answered, where the server holds its request", async () => {
  const three = requests(4);
  poller.ask({ kind: "comet", waitSeconds: 25 });
  await three;
  expect(targets.slice(1, 4)).toEqual([
    "/events?after=5&wait=25",
    "/events?after=7&wait=25",
    "/events?after=7&wait=25",
  ]);
});

it("says when the server has ended its connection", async () => {
  const ended = new Promise<string>((resolve) => {
    account.end = resolve;
  });
  server.closeAllConnections();
  expect(await ended).toBe("the server closed the connection");
});

import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { afterEach, expect, it } from "vitest";
import type { PublisherMethods } from "../../../bench/load/publisher-process.ts";
import { startLoadProcess } from "../../../bench/load/rpc.ts";
import { benchSecret } from "../../../bench/load/signature.ts";
import { projectFolder } from "../../../cli/project.ts";
import { refuseStandardWebhook } from "../../../servers/service/webhooks/standard-webhooks.ts";

const publisherFile = new URL("dist/bench/load/publisher-process.js", projectFolder);
const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

/** A publisher, and a receiver of its webhooks that answers as it is told. */
async function start(answer: (response: ServerResponse) => void) {
  const intendedMs: number[] = [];
  const unsigned: string[] = [];
  const ids = new Set<string>();
  const receiver = createServer(async (request, response) => {
    const body = await buffer(request);
    intendedMs.push((JSON.parse(body.toString()) as { intendedMs: number }).intendedMs);
    const header = (name: string) => [request.headers[name]].flat()[0];
    const [id, timestamp, signature] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map(header);
    ids.add(id ?? "");
    const refusal = refuseStandardWebhook(benchSecret, { id, timestamp, signature }, body, Date.now());
    if (refusal !== undefined) unsigned.push(refusal);
    answer(response);
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const publisher = startLoadProcess<PublisherMethods>(publisherFile, "publisher", undefined);
  cleanUps.push(
    () => publisher.kill(),
    () => receiver.closeAllConnections(),
    () => receiver.close(),
  );
  const http = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const publish = (
    kind: "constant" | "poisson",
    eventsPerSecond: number,
    durationMs: number,
    webhookSecret = "",
  ) =>
    publisher.call("publish", {
      http,
      arrivals: { kind, seed: 7 },
      eventsPerSecond,
      durationMs,
      payloadBytes: 100,
      webhookSecret,
    });
  return { publish, intendedMs, unsigned, ids };
}

const accept = (response: ServerResponse) => response.writeHead(202).end();

/** Times between neighbours, in the order of the schedule. */
function gaps(timesMs: readonly number[]): number[] {
  const sorted = timesMs.toSorted((a, b) => a - b);
  return sorted.slice(1).map((time, index) => time - (sorted[index] ?? 0));
}

it("keeps a constant schedule, and says how well", async () => {
  const { publish, intendedMs } = await start(accept);
  const published = await publish("constant", 200, 250);
  expect(published).toMatchObject({ planned: 50, accepted: 50, failed: 0, dropped: 0 });
  for (const gap of gaps(intendedMs)) expect(gap).toBeCloseTo(5, 6);
  expect(published.late).toBeLessThanOrEqual(50);
  expect(published.latestMs).toBeGreaterThanOrEqual(0);
});

it("sends a Poisson process, the same for the same seed", async () => {
  const { publish, intendedMs } = await start(accept);
  const { planned, accepted } = await publish("poisson", 200, 250);
  const first = gaps(intendedMs.splice(0));
  await publish("poisson", 200, 250);
  expect(accepted).toBe(planned);
  expect(new Set(first.map((gap) => gap.toFixed(3))).size).toBeGreaterThan(planned / 2);
  gaps(intendedMs).forEach((gap, index) => {
    expect(gap).toBeCloseTo(first[index] ?? Number.NaN, 6);
  });
});

it("signs each webhook where a secret is shared, and none without", async () => {
  const { publish, unsigned, ids } = await start(accept);
  await publish("constant", 200, 50, benchSecret);
  expect(unsigned).toEqual([]);
  expect(ids.size).toBe(10);
  await publish("constant", 200, 50);
  expect(unsigned).toHaveLength(10);
});

it("counts what is not accepted", async () => {
  const { publish } = await start((response) => response.writeHead(503).end());
  expect(await publish("constant", 100, 100)).toMatchObject({ planned: 10, accepted: 0, failed: 10 });
});

it("does not wait for answers, up to its bound, and counts what it drops", async () => {
  const { publish } = await start(accept);
  // So fast that no answer can come between two of them.
  const published = await publish("constant", 1_000_000, 1.5);
  expect(published).toMatchObject({ planned: 1_500, dropped: 500, accepted: 1_000 });
  expect(published.late).toBeGreaterThan(0);
});

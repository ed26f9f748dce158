import { expect, it } from "vitest";
import { seededRandom } from "../../bench/stats/random.ts";
import { isPublicAddress } from "../../dispatch/addresses.ts";
import type { Ask } from "../../dispatch/attempt.ts";
import { jitter, pausesMs } from "../../dispatch/schedule.ts";
import type { Attempt } from "../../dispatch/sender.ts";
import { refuseStandardWebhook } from "../../servers/service/webhooks/standard-webhooks.ts";
import { type Dispatching, dispatch, messageOfType, temporaryFolder } from "./dispatching.ts";
import { answer, confirming, Network, silence } from "./network.ts";
import { VirtualClock } from "./virtual-clock.ts";

const [second, hour] = [1_000, 3_600_000];
const events = 600;
const retryAfterSeconds = 120;

it("delivers every event exactly once to an idempotent receiver, over 76 hours of errors, hangs and crashes", async () => {
  const folder = await temporaryFolder();
  const clock = new VirtualClock();
  const startMs = clock.now();
  const random = seededRandom(7);
  const network = new Network();
  let dispatching: Dispatching = dispatch(folder, clock, network);
  const attempts: Attempt[] = [];
  const restartsMs: number[] = [];

  // Honest, but its answers are errors in 30 of 100 cases and hang in 10; in both it may have processed the event.
  const seen = new Map<string, number>();
  let forged = 0;
  const process = (ask: Ask) => {
    const [id, timestamp, signature] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map(
      (name) => ask.headers[name],
    );
    const secret = secrets.get(ask.url) ?? "";
    const body = Buffer.from(ask.body ?? "");
    if (refuseStandardWebhook(secret, { id, timestamp, signature }, body, clock.now())) forged++;
    seen.set(id ?? "", (seen.get(id ?? "") ?? 0) + 1);
  };
  const faulty = confirming(async (ask) => {
    const [outcome, kind] = [random(), random()];
    if (outcome >= 0.4 || kind < 0.3) process(ask);
    if (outcome >= 0.3 && outcome < 0.4) return silence;
    await new Promise<void>((resolve) => clock.after(20 + 200 * random(), resolve));
    if (outcome >= 0.4) return answer(200);
    if (kind < 0.5) return answer(500);
    if (kind < 0.7) return answer(503, { "retry-after": String(retryAfterSeconds) });
    if (kind < 0.9) return answer(404);
    throw new Error("read ECONNRESET");
  });
  network.add("faulty.example", "93.184.216.34", faulty);

  // Takes five, then wants no more.
  let taken = 0;
  network.add(
    "gone.example",
    "93.184.216.35",
    confirming(async () => answer(++taken <= 5 ? 200 : 410)),
  );
  const metadata = "169.254.169.254";
  network.add(
    "redirect.example",
    "93.184.216.36",
    confirming(async () => answer(302, { location: `http://${metadata}/latest/meta-data/` })),
  );
  // Public when it subscribes; then private, in part private, and public again.
  const rebound: string[] = [];
  network.add(
    "rebinding.example",
    "93.184.216.37",
    confirming(async (ask) => {
      rebound.push(ask.headers["webhook-id"] ?? "");
      return answer(200);
    }),
  );

  const secrets = new Map<string, string>();
  const subscribe = (targetUrl: string, patterns: string[]) => {
    const { subscription } = dispatching.registry.add({
      targetUrl,
      events: patterns,
      format: "standard",
      token: "",
    });
    secrets.set(subscription.targetUrl, subscription.secret);
    return subscription.id;
  };
  const faultyId = subscribe("https://faulty.example/hook", ["hook.orders", "dispatch.*"]);
  const gone = subscribe("https://gone.example/", ["hook.*"]);
  const redirecting = subscribe("https://redirect.example/", ["hook.first"]);
  subscribe("https://rebinding.example/", ["hook.first"]);
  await clock.pass(second);
  expect(dispatching.store.subscriptions().map(({ state }) => state)).toEqual(Array(4).fill("active"));

  network.names.set("rebinding.example", ["10.0.0.5"]);
  dispatching.take(messageOfType("hook.first", clock.now()), 1);
  const sent: string[] = [];
  for (let id = 2; id <= events; id++) {
    await clock.pass(2 * second * random());
    const message = messageOfType("hook.orders", clock.now(), { order: id });
    sent.push(message.id);
    dispatching.take(message, id);
    // Four times the process is lost while an answer is on its way.
    if (id % 150 === 0) {
      await clock.pass(10);
      attempts.push(...dispatching.attempts);
      await dispatching.crash();
      dispatching = dispatch(folder, clock, network, { seed: id });
      restartsMs.push(clock.now());
      expect(dispatching.store.cursor).toBe(id);
    }
    if (id === 300) network.names.set("rebinding.example", ["93.184.216.37", metadata]);
  }
  await clock.pass(2 * hour + startMs - clock.now());
  network.names.set("rebinding.example", ["93.184.216.37"]);
  await clock.pass(76 * hour + startMs - clock.now());

  const { store } = dispatching;
  // A receiver that remembers ids processes each once, though many came again.
  expect(forged).toBe(0);
  expect(sent.filter((id) => !seen.has(id))).toEqual([]);
  const duplicates = [...seen.values()].reduce((sum, times) => sum + times - 1, 0);
  expect(duplicates).toBeGreaterThan(50);
  expect(store.subscription(faultyId)).toMatchObject({ state: "active" });
  expect(store.waiting(faultyId)).toBe(0);

  // 410 ended one; another was disabled after its last attempt, and the others were told of both.
  expect(taken).toBe(6);
  expect(store.subscription(gone)).toBeUndefined();
  await clock.pass(8 * hour);
  expect(store.subscription(redirecting)).toMatchObject({
    state: "disabled",
    reason: expect.stringMatching(
      /^the last of 10 attempts failed: .* got 302, and redirects are not followed$/,
    ),
  });
  const endings = store.recent("dispatch.ended", 9);
  expect(new Set(seen.keys())).toEqual(new Set([...sent, ...endings.map(({ id }) => id)]));
  expect(endings.map(({ data }) => data)).toMatchObject([
    { subscription: redirecting },
    { subscription: gone },
  ]);

  // Nothing went where it must not, and what was refused was delivered once it was allowed.
  expect(network.connections.filter((address) => !isPublicAddress(address))).toEqual([]);
  expect(rebound).toHaveLength(1);

  attempts.push(...dispatching.attempts);
  expectSchedule(attempts, restartsMs);
  expect(attempts.some(({ startedMs }) => restartsMs.includes(startedMs))).toBe(true);
  await dispatching.close();
});

/** Every attempt was made when it was due, and was due by the schedule. */
function expectSchedule(attempts: readonly Attempt[], restartsMs: readonly number[]): void {
  const ends = new Map<number, Attempt>();
  for (const attempt of attempts) {
    const { delivery, startedMs } = attempt;
    // Those under way when the process was lost were made again at its start.
    if (!restartsMs.includes(startedMs)) expect(startedMs).toBe(delivery.dueMs);
    const before = ends.get(delivery.number);
    if (delivery.attempts === 0) expect(delivery.dueMs).toBe(delivery.message.at);
    else {
      expect(before?.delivery.attempts).toBe(delivery.attempts - 1);
      const pauseMs = pausesMs[delivery.attempts] ?? Number.NaN;
      const waitedMs = delivery.dueMs - (before?.endedMs ?? Number.NaN);
      const asked = before?.step.kind === "retry" && before.step.reason.includes("503");
      const leastMs = asked ? retryAfterSeconds * second : 0;
      expect(waitedMs).toBeGreaterThanOrEqual(Math.max(pauseMs * (1 - jitter), leastMs) - 1);
      expect(waitedMs).toBeLessThanOrEqual(Math.max(pauseMs * (1 + jitter), leastMs) + 1);
    }
    ends.set(delivery.number, attempt);
  }
}

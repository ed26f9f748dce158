import { randomBytes } from "node:crypto";
import type { ProfileName } from "../../profiles.ts";
import { seededRandom } from "../../stats/random.ts";
import type { Lab } from "../lab.ts";
import { type Case, casesFor, isRight, isTaken, type Seen } from "./cases.ts";
import { delivery, signatureOf } from "./delivery.ts";
import { forgeries } from "./forgeries.ts";
import { type Receiver, startNaive, startService } from "./receivers.ts";
import { Sender } from "./sender.ts";

const forgedTries = { smoke: 60, quick: 1_000, standard: 1_000, full: 1_000 } satisfies Record<
  ProfileName,
  number
>;

/** Forgeries on their way at once. */
const atOnce = 8;

const lab: Lab = {
  name: "hostile-webhooks",
  question: "Does a receiver of webhooks withstand what an open door on the web lets in?",
  columns: [
    { figure: "cases", title: "cases", unit: "count", better: "higher" },
    { figure: "right", title: "handled rightly", unit: "count", better: "higher" },
    { figure: "forgedTries", title: "forgeries", unit: "count", better: "higher" },
    { figure: "forgedAccepted", title: "let in", unit: "count", better: "lower" },
  ],
  arms: [
    { name: "naive", summary: "the receiver of a first tutorial: ten lines of Express" },
    { name: "service", summary: "the servers of this project, with a secret shared with the sender" },
  ],
  conditions: ({ profile }) => [
    "A battery of awkward and hostile deliveries, signed, where they are, by the Standard Webhooks specification 1.0.0. A case is handled rightly when what came out of it is right and the answer agrees. How long a receiver keeps a body that stalls is not waited for: only that the others are served meanwhile.",
    `Then ${forgedTries[profile].toLocaleString("en")} forgeries by somebody who has seen one genuine delivery. All of it on loopback, whatever the network of the run.`,
  ],
  cells: () => ["naive", "service"].map((arm) => ({ arm, point: {} })),
  // Exact counts: repeats would tell nothing.
  blocks: () => 1,
  expectedMs: (_cell, { profile }) => 500 + forgedTries[profile],
  async measure({ arm }, bench) {
    const secret = `whsec_${randomBytes(24).toString("base64")}`;
    const receiver = await (arm === "naive" ? startNaive(bench) : startService(bench, secret));
    const sender = new Sender(receiver.http, atOnce);
    bench.endWithTrial(async () => sender.close());
    const nowSeconds = Math.floor(Date.now() / 1_000);
    const cases = casesFor(secret, nowSeconds);
    const wrong: string[] = [];
    for (const given of cases) {
      const seen = await put(given, sender, receiver);
      if (!isRight(given, seen)) wrong.push(`${given.name} (${seenText(seen)})`);
    }
    const tries = forgedTries[bench.options.profile];
    const forgedAccepted = await forge({ tries, secret, nowSeconds, seed: bench.seed, sender, receiver });
    const right = cases.length - wrong.length;
    return {
      figures: {
        cases: cases.length,
        right,
        wrong: wrong.length,
        rightPercent: (100 * right) / cases.length,
        forgedTries: tries,
        forgedAccepted,
      },
      notes: wrong.length === 0 ? [] : [`Handled wrongly: ${wrong.join("; ")}.`],
    };
  },
};

async function put({ deliveries, stalled = 0 }: Case, sender: Sender, receiver: Receiver): Promise<Seen> {
  const [first] = deliveries;
  const stalling = first === undefined ? [] : Array.from({ length: stalled }, () => sender.stall(first));
  const sockets = await Promise.all(stalling);
  const statuses: (number | undefined)[] = [];
  for (const given of deliveries) statuses.push(await sender.send(given));
  for (const socket of sockets) socket.destroy();
  return { statuses, orders: await receiver.takeOrders() };
}

interface ForgeOrder {
  readonly tries: number;
  readonly secret: string;
  readonly nowSeconds: number;
  readonly seed: number;
  readonly sender: Sender;
  readonly receiver: Receiver;
}

/**
 * Sends forgeries; gives how many were let in: answered as taken, or with an order out. They bear the id that was
 * overheard, of which a receiver that goes by ids makes no second order, so that the orders alone would not tell.
 */
async function forge({ tries, secret, nowSeconds, seed, sender, receiver }: ForgeOrder): Promise<number> {
  const genuine = { secret, id: "msg_overheard", timestamp: nowSeconds, body: Buffer.from("{}") };
  await sender.send(delivery(genuine));
  await receiver.takeOrders();
  const overheard = { id: genuine.id, timestamp: nowSeconds, signature: signatureOf(genuine) };
  const waiting = forgeries(tries, overheard, seededRandom(seed));
  let taken = 0;
  const forger = async () => {
    for (let given = waiting.pop(); given !== undefined; given = waiting.pop()) {
      if (isTaken(await sender.send(given))) taken++;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, forger));
  return Math.max(taken, await receiver.takeOrders());
}

function seenText({ statuses, orders }: Seen): string {
  const answers = statuses.map((status) => status ?? "none").join(" and ");
  return `answered ${answers}, ${orders === 1 ? "1 order" : `${orders} orders`} out`;
}

export default lab;

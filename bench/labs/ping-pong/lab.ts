import { relayBusy } from "../../network/relay.ts";
import type { ProfileName } from "../../profiles.ts";
import { latenessOf } from "../../trial/outcome.ts";
import { articleCondition, articleLink, articleNetwork } from "../article-network.ts";
import type { Lab } from "../lab.ts";
import type { ClientMethods } from "./client-process.ts";
import { type Form, isForm } from "./lines.ts";
import type { ServerMethods } from "./server-process.ts";

interface Sizes {
  readonly forms: readonly Form[];
  readonly rounds: number;
}

const allForms: readonly Form[] = ["comet", "comet-one", "streaming", "ws", "tcp"];

const sizes = {
  smoke: { forms: ["comet", "ws"], rounds: 1 },
  quick: { forms: ["comet", "ws"], rounds: 10 },
  standard: { forms: allForms, rounds: 10 },
  full: { forms: allForms, rounds: 50 },
} satisfies Record<ProfileName, Sizes>;

/** Where the server lets go of a request only when it has an answer: longer than any conversation here. */
const longHoldMs = 60_000;

/** Where nothing can be said before the server lets go. Each round takes that long, so there are fewer of them. */
const shortHoldMs = 200;
const heldRounds = 3;

/** Starting the processes, and connecting over the relay. */
const startMs = 800;

const { roundTripMs } = articleLink;

const lab: Lab = {
  name: "ping-pong",
  question: "What does a conversation take when server and client speak in turn?",
  columns: [
    { figure: "connections", title: "TCP connections", unit: "count", better: "lower" },
    { figure: "requestsPerRound", title: "requests a round", unit: "count", better: "lower" },
    { figure: "bytesPerRound", title: "bytes a round", unit: "bytes", better: "lower" },
    { figure: "roundTripsPerRound", title: "round trips a round", unit: "times", better: "lower" },
    { figure: "roundTripsToFirst", title: "to the first answer", unit: "times", better: "lower" },
  ],
  arms: [
    { name: "comet", summary: "long poll to hear, a request beside it to speak" },
    { name: "comet-one", summary: "the same, held to one connection" },
    { name: "streaming", summary: "server-sent events to hear, requests to speak" },
    { name: "ws", summary: "WebSocket both ways" },
    { name: "tcp", summary: "raw TCP both ways" },
  ],
  conditions: ({ profile }) => [
    articleCondition,
    "A small server of the lab's own answers what its client says with the same 21 characters, and the client says the next when it has the answer.",
    `Round trips are of ${roundTripMs} ms. Connecting is part of the way to the first answer, and no part of the rounds.`,
    ...(isMeasured("comet-one", profile)
      ? [
          `A request that waits for an answer is held until there is one; with comet-one, whose client cannot speak before that, for ${shortHoldMs} ms at most.`,
        ]
      : []),
    "Bytes are those of both directions with Node's own headers, few beside a browser's; without those of TCP and IP.",
  ],
  cells: ({ profile }) =>
    sizes[profile].forms.map((arm) => ({ arm, point: { rounds: roundsOf(arm, profile) } })),
  expectedMs: ({ arm, point: { rounds = 0 } }) =>
    startMs + (rounds + 3) * (arm === "comet-one" ? shortHoldMs + 3 * roundTripMs : roundTripMs),

  async measure({ arm, point: { rounds = 0 } }, bench) {
    if (!isForm(arm)) throw new Error(`expected a form of conversation as an arm, got ${arm}`);
    const client = bench.start<ClientMethods>("ping-pong/client-process.ts", "load");
    const server = bench.start<ServerMethods>("ping-pong/server-process.ts", "server");
    const endpoints = await server.call("open", undefined);
    const relays = await bench.relays({ network: articleNetwork, endpoints, count: 1 });
    const [relayed = endpoints] = relays.endpoints;
    await relays.reset();
    const holdMs = arm === "comet-one" ? shortHoldMs : longHoldMs;
    const talk = await client.call("talk", { form: arm, endpoints: relayed, rounds, holdMs });
    const uses = await relays.collect();
    const wholeMs = talk.roundsMs.reduce((sum, ms) => sum + ms, 0);
    return {
      figures: {
        connections: talk.connections,
        requestsPerRound: talk.requests / rounds,
        bytesPerRound: talk.bytes / rounds,
        roundMs: wholeMs / rounds,
        roundTripsPerRound: wholeMs / rounds / roundTripMs,
        roundTripsToFirst: talk.firstAnswerMs / roundTripMs,
        ...(arm === "comet-one" ? { holds: wholeMs / rounds / shortHoldMs } : {}),
      },
      distributions: { round: talk.roundsMs },
      load: [
        { role: "lab", utilisation: talk.utilisation },
        ...uses.map((use) => ({ role: "relay" as const, utilisation: relayBusy(use) })),
      ],
      ...latenessOf(uses),
    };
  },
};

function isMeasured(form: Form, profile: ProfileName): boolean {
  const { forms }: Sizes = sizes[profile];
  return forms.includes(form);
}

/** A round of the one that waits for each to be let go takes several times as long. */
function roundsOf(form: Form, profile: ProfileName): number {
  const { rounds } = sizes[profile];
  return form === "comet-one" ? Math.min(heldRounds, rounds) : rounds;
}

export default lab;

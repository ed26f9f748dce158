import { loadServer } from "../../../servers/index.ts";
import { relayBusy } from "../../network/relay.ts";
import type { ProfileName } from "../../profiles.ts";
import { articleCondition, articleNetwork, oneWayMs } from "../article-network.ts";
import type { Lab } from "../lab.ts";
import { clientNotes, payloadBytes, RelayedPush, serverNamed } from "../relayed-push.ts";
import type { Silence, SubscriberMethods } from "./subscribers-process.ts";

interface Sizes {
  readonly arms: readonly string[];
  /** How long webhooks come. */
  readonly durationMs: number;
  /** How long two subscribers stay away meanwhile. */
  readonly awayMs: number;
  readonly pollMs: number;
  /** Interval of the server's keep-alive traffic, for the subscriber that falls silent. */
  readonly heartbeatMs: number;
  /** How many of these intervals its silence may last. */
  readonly heartbeats: number;
}

const socketIo = ["socketio", "socketio-polling"];
const all = ["polling", "comet", "streaming", "ws", ...socketIo, "tcp"];
const usual = { durationMs: 1_000, awayMs: 200, pollMs: 1_000, heartbeatMs: 250, heartbeats: 4 };

const sizes = {
  smoke: { arms: ["ws"], durationMs: 150, awayMs: 30, pollMs: 50, heartbeatMs: 50, heartbeats: 4 },
  quick: { ...usual, arms: ["ws", ...socketIo] },
  standard: { ...usual, arms: ["comet", "ws", ...socketIo] },
  // Socket.IO gives a silent peer 20 s beyond the interval, by default.
  full: { ...usual, arms: all, durationMs: 4_000, heartbeatMs: 500, heartbeats: 50 },
} satisfies Record<ProfileName, Sizes>;

const eventsPerSecond = 100;

/** Starting the processes, connecting over the relay and warming up. */
const startMs = 2_000;

/** The part of the time with webhooks after which two subscribers go away. */
const leaveAt = 0.2;

const lab: Lab = {
  name: "blur",
  question: "Behind one API, what still tells the transports apart?",
  columns: [
    { figure: "worstMs", title: "longest", unit: "ms", better: "lower" },
    { figure: "backAfterMs", title: "to come back", unit: "ms", better: "lower" },
    { figure: "lostBare", title: "lost, no cursor", unit: "count", better: "lower" },
    { figure: "lostWithCursor", title: "lost, cursor", unit: "count", better: "lower" },
    { figure: "serverKnewMs", title: "silence noticed", unit: "ms", better: "lower" },
  ],
  arms: [
    { name: "polling", summary: "asks at an interval" },
    { name: "comet", summary: "long polling" },
    { name: "streaming", summary: "server-sent events" },
    { name: "ws", summary: "WebSocket" },
    { name: "socketio", summary: "Socket.IO, upgraded to WebSocket" },
    { name: "socketio-polling", summary: "Socket.IO, held to HTTP long polling" },
    { name: "tcp", summary: "raw TCP" },
  ],
  conditions: ({ profile }) => {
    const { awayMs, pollMs, heartbeatMs, heartbeats } = sizes[profile];
    return [
      articleCondition,
      `Every subscriber uses the one client interface that all transports have here. Webhooks of ${payloadBytes} bytes come at random times, ${eventsPerSecond} per second on average; latency counts from the time one was to be sent.`,
      `Meanwhile two more subscribers leave and come back after ${awayMs} ms: one asks for what happens from then on, as a bare API has it, and one says what it had last (its cursor).`,
      `A last one, of a server with heartbeats every ${heartbeatMs} ms and without the relay, falls silent: its way swallows all, and its TCP connections stay. Noticed is when the server ends the connection, if within ${heartbeats} heartbeats.`,
      `Polling subscribers ask every ${pollMs} ms.`,
    ];
  },
  cells: ({ profile }) => sizes[profile].arms.map((arm) => ({ arm, point: { eventsPerSecond } })),
  expectedMs: (_cell, { profile }) => {
    const { durationMs, pollMs, heartbeatMs, heartbeats } = sizes[profile];
    return startMs + Math.max(durationMs + 2 * pollMs, (heartbeats + 1) * heartbeatMs);
  },

  async measure({ arm }, bench) {
    const { durationMs, awayMs, pollMs, heartbeatMs, heartbeats } = sizes[bench.options.profile];
    const name = serverNamed(arm);
    const { transport } = await loadServer(name);
    const manners = { transport, pollMs, waitSeconds: bench.options.waitSeconds };
    const subscribers = bench.start<SubscriberMethods>("blur/subscribers-process.ts", "load");
    const launching = bench.launch(name);
    const arriving = launching.then(async ({ endpoints }) => {
      const relays = await bench.relays({ network: articleNetwork, endpoints, count: 1 });
      const [relayed = endpoints] = relays.endpoints;
      await subscribers.call("arrive", { ...manners, endpoints: relayed });
      return { http: endpoints.http, relays };
    });
    // What is under way at once is waited for together: whichever fails, none is left with nobody to tell.
    const [push, { http, relays }, silent] = await Promise.all([
      RelayedPush.begin(bench, launching, { transport, eventsPerSecond, durationMs, pollMs }),
      arriving,
      // A server of its own: which of several subscribers gets its heartbeat when depends on all of them.
      bench.launch(name, { server: { heartbeatMs } }),
    ]);
    const order = {
      ...manners,
      endpoints: silent.endpoints,
      heardMs: heartbeatMs,
      patienceMs: heartbeats * heartbeatMs,
    };
    await relays.reset();
    const pushAndReturn = async () => {
      const [pushed] = await Promise.all([
        push.measure(),
        subscribers.call("leave", { afterMs: leaveAt * durationMs, awayMs }),
      ]);
      return { pushed, ...(await subscribers.call("account", http)) };
    };
    const [{ pushed, bare, withCursor, utilisation }, noticed] = await Promise.all([
      pushAndReturn(),
      subscribers.call("fallSilent", order),
    ]);
    const uses = await relays.collect();
    const { latency, accepted: _, ...rest } = pushed;
    const worstMs = latency.percentileMs(100);
    return {
      ...rest,
      load: [
        ...rest.load,
        { role: "lab", utilisation },
        ...uses.map((use) => ({ role: "relay" as const, utilisation: relayBusy(use) })),
      ],
      figures: {
        worstMs,
        worstTransits: worstMs === undefined ? undefined : worstMs / oneWayMs,
        meanMs: latency.meanMs,
        backAfterMs: bare.backAfterMs,
        lostBare: bare.lost,
        lostWithCursor: withCursor.lost,
        disordered: (rest.errors.repeated ?? 0) + bare.disordered + withCursor.disordered,
        ...noticed,
        serverKnew: noticed.serverKnewMs === undefined ? 0 : 1,
        clientKnew: noticed.clientKnewMs === undefined ? 0 : 1,
        serverKnewHeartbeats:
          noticed.serverKnewMs === undefined ? undefined : noticed.serverKnewMs / heartbeatMs,
      },
      distributions: { latency },
      notes: [...(clientNotes[arm] ?? []), ...silenceNotes(noticed, heartbeats)],
    };
  },
};

function silenceNotes({ serverKnewMs, clientKnewMs }: Silence, heartbeats: number): string[] {
  const unaware = [
    ...(serverKnewMs === undefined ? ["server"] : []),
    ...(clientKnewMs === undefined ? ["client"] : []),
  ];
  if (unaware.length === 0) return [];
  return [`after ${heartbeats} heartbeats of silence the ${unaware.join(" and the ")} had not given up`];
}

export default lab;

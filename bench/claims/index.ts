import type { Run } from "../result.ts";
import type { Claim } from "./claim.ts";
import cometHalfDuplex from "./comet-half-duplex.ts";
import cometIsCompatible from "./comet-is-compatible.ts";
import cometLatencyTypical from "./comet-latency-typical.ts";
import cometLatencyWorst from "./comet-latency-worst.ts";
import diskCosts41MillionCycles from "./disk-costs-41-million-cycles.ts";
import dynamicDuo from "./dynamic-duo.ts";
import eventLoopScalesByItself from "./event-loop-scales-by-itself.ts";
import flashSocketsProxyWoes from "./flash-sockets-proxy-woes.ts";
import flawAffectsAllSockets from "./flaw-affects-all-sockets.ts";
import latencyLadderOrder from "./latency-ladder-order.ts";
import longPollingInefficient from "./long-polling-inefficient.ts";
import maskingResolvesTheFlaw from "./masking-resolves-the-flaw.ts";
import nativeThreadsDoNotScale from "./native-threads-do-not-scale.ts";
import ordersOfMagnitudeMoreConnections from "./orders-of-magnitude-more-connections.ts";
import pollingAlwaysCostsMore from "./polling-always-costs-more.ts";
import pollingAsksForNothing from "./polling-asks-for-nothing.ts";
import processPerRequestCostsMore from "./process-per-request-costs-more.ts";
import socketioWorksEverywhere from "./socketio-works-everywhere.ts";
import streamingInefficient from "./streaming-inefficient.ts";
import transportsBlurred from "./transports-blurred.ts";
import { type Verdict, verdictOf } from "./verdict.ts";
import waitingLimitsThroughput from "./waiting-limits-throughput.ts";
import waitingWastesCycles from "./waiting-wastes-cycles.ts";
import webhooksEvenABaby from "./webhooks-even-a-baby.ts";
import websocketHeaders from "./websocket-headers.ts";
import websocketWire from "./websocket-wire.ts";
import websocketsCrossProxies from "./websockets-cross-proxies.ts";
import workerThreadsDoNotScale from "./worker-threads-do-not-scale.ts";
import wssNotAffected from "./wss-not-affected.ts";

/** The list of claims: one line each. Its order is that of the talk, and of every output. */
export const claims: readonly Claim[] = [
  dynamicDuo,
  processPerRequestCostsMore,
  pollingAsksForNothing,
  pollingAlwaysCostsMore,
  webhooksEvenABaby,
  websocketsCrossProxies,
  cometIsCompatible,
  flashSocketsProxyWoes,
  longPollingInefficient,
  streamingInefficient,
  cometHalfDuplex,
  websocketHeaders,
  websocketWire,
  cometLatencyWorst,
  cometLatencyTypical,
  wssNotAffected,
  flawAffectsAllSockets,
  maskingResolvesTheFlaw,
  ordersOfMagnitudeMoreConnections,
  workerThreadsDoNotScale,
  nativeThreadsDoNotScale,
  waitingLimitsThroughput,
  waitingWastesCycles,
  latencyLadderOrder,
  diskCosts41MillionCycles,
  eventLoopScalesByItself,
  socketioWorksEverywhere,
  transportsBlurred,
];

/** What a run says of every claim, in the order of the list. */
export function verdictsOf(run: Run): Verdict[] {
  return claims.map((claim) => verdictOf(claim, run));
}

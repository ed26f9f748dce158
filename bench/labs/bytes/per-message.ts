import type { LoopbackTraffic } from "../../scenarios/scenario.ts";
import { quoteBytes } from "./quote.ts";

/** What the headers of IPv4 and of TCP with its timestamps take of a packet (RFC 791, RFC 9293, RFC 7323). */
export const packetHeaderBytes = 20 + 32;

/** How far what was counted may lie from the formula, in percent, before a note says so. */
export const formulaWithinPercent = 3;

/** The article's largest case, which nobody needs to measure who has a formula that holds for the others. */
const caseCClients = 100_000;

/** Polls of a client that asks every second and gets a message a minute. */
const pollsAMinute = 60;

export interface Counted {
  /** Whether each message was asked for. */
  readonly asked: boolean;
  readonly messages: number;
  /** Of the clients' sockets, both ways. */
  readonly applicationBytes: number;
  /** Undefined where this machine does not tell. */
  readonly loopback: LoopbackTraffic | undefined;
  /** How long they came, where each client had one a second. */
  readonly elapsedMs: number | undefined;
}

export interface PerMessage {
  readonly figures: Readonly<Record<string, number | undefined>>;
  readonly notes: readonly string[];
}

/** The figures of a trial. */
export function perMessage({ asked, messages, applicationBytes, loopback, elapsedMs }: Counted): PerMessage {
  const application = applicationBytes / messages;
  const ofApplication = { applicationBytes: application, headerBytes: application - quoteBytes };
  if (loopback === undefined) return { figures: ofApplication, notes: [] };
  const packets = loopback.packets / messages;
  const wireBytes = loopback.bytes / messages;
  const wireFormulaBytes = packetHeaderBytes * packets + application;
  const formulaOffPercent = Math.abs(wireBytes / wireFormulaBytes - 1) * 100;
  const figures = {
    ...{ ...ofApplication, packets, wireBytes, wireFormulaBytes, formulaOffPercent },
    // A poll in vain carries all but the message.
    oneAMinuteWireBytes: asked ? pollsAMinute * (wireBytes - quoteBytes) + quoteBytes : wireBytes,
  };
  const off =
    formulaOffPercent > formulaWithinPercent
      ? [
          `the wire had ${Math.round(wireBytes)} bytes a message and the formula ${Math.round(wireFormulaBytes)}: it is not that of this machine's packets`,
        ]
      : [];
  if (elapsedMs === undefined) return { figures, notes: off };
  const bitsPerSecond = (loopback.bytes * 8) / (elapsedMs / 1_000);
  const computedBitsPerSecond = wireFormulaBytes * caseCClients * 8;
  return {
    figures: { ...figures, bitsPerSecond, computedBitsPerSecond },
    notes: [
      ...off,
      `a message a second each comes to ${megabits(bitsPerSecond)} on the wire; of ${caseCClients.toLocaleString("en")} clients, computed by the formula and not measured, to ${megabits(computedBitsPerSecond)}`,
    ],
  };
}

function megabits(bitsPerSecond: number): string {
  return `${(bitsPerSecond / 1e6).toLocaleString("en", { maximumSignificantDigits: 3 })} Mbit/s`;
}

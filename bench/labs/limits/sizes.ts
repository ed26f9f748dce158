import type { ServerName } from "../../../servers/index.ts";
import type { ProfileName } from "../../profiles.ts";

interface Sizes {
  /** How many connections each server is asked to hold. */
  readonly targets: Partial<Record<ServerName, number>>;
  /** Events to all, for so long at least, and so many at least. */
  readonly pushMs: number;
  readonly pushes: number;
  /** Time that a ramp may take. */
  readonly rampMs: number;
}

/** One process holds what its limit of open files lets it, most often 20,000, some for itself. */
const almostAllFiles = 19_900;

/** More than that limit: what ends the ramp is the server, or the system. */
const beyondFiles = 25_000;

/** Of these a load process holds 9,500, as each of their clients takes much more of it. */
const manyOther = 5_000;

/** What a server with a V8 isolate for each connection has as its ceiling. */
const manyIsolates = 200;

export const sizes = {
  smoke: { targets: { ws: 30, tcp: 30, "threads-streaming": 2 }, pushMs: 10, pushes: 2, rampMs: 10_000 },
  quick: {
    targets: { ws: 16_000, streaming: 1_000, "threads-streaming": 20 },
    ...{ pushMs: 100, pushes: 2, rampMs: 20_000 },
  },
  standard: {
    targets: {
      ...{ ws: almostAllFiles, tcp: almostAllFiles },
      ...{ streaming: manyOther, "threads-streaming": manyIsolates / 2 },
    },
    ...{ pushMs: 500, pushes: 3, rampMs: 60_000 },
  },
  full: {
    targets: {
      ...{ ws: beyondFiles, tcp: beyondFiles },
      ...{ polling: manyOther, comet: manyOther, streaming: manyOther, bare: manyOther },
      ...{ socketio: manyOther, "socketio-polling": manyOther },
      ...{
        "threads-polling": manyIsolates,
        "threads-comet": manyIsolates,
        "threads-streaming": manyIsolates,
      },
      cgi: 8,
    },
    ...{ pushMs: 2_000, pushes: 5, rampMs: 120_000 },
  },
} as const satisfies Record<ProfileName, Sizes>;

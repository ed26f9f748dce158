/** What lies between client and server: the same in both directions. */
export interface Link {
  /** Half of it is the delay of each direction. */
  readonly roundTripMs: number;
  /** Of each direction by itself; what is carried counts, without the headers of TCP and below. */
  readonly bitsPerSecond: number;
}

export interface Network {
  /** One line for tables. */
  readonly summary: string;
  /** Absent: client and server reach each other without a relay. */
  readonly link?: Link;
}

/** The networks that a run can be measured over. */
export const networks = {
  loopback: { summary: "loopback of one host, without a relay" },
  /** Two hosts of one data centre: half a millisecond is what J. Dean's "numbers everyone should know" gives. */
  lan: {
    summary: "round trip 0.5 ms, 1 Gbit/s",
    link: { roundTripMs: 0.5, bitsPerSecond: 1e9 },
  },
  /** The talk's network access: 240 million cycles, which are 80 ms at 3 GHz. The bandwidth is a home's. */
  wan: {
    summary: "round trip 80 ms, 100 Mbit/s",
    link: { roundTripMs: 80, bitsPerSecond: 100e6 },
  },
} as const satisfies Record<string, Network>;

export type NetworkName = keyof typeof networks;
export const networkNames = Object.keys(networks) as NetworkName[];

/** Bytes that are under way on a link that is never idle: its bandwidth-delay product. */
export function bandwidthDelayBytes({ roundTripMs, bitsPerSecond }: Link): number {
  return (bitsPerSecond / 8) * (roundTripMs / 1_000);
}

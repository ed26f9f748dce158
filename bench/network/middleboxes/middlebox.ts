import type { Server } from "node:net";

/** Where a server is reached by what stands in front of it. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Called with what a box did to a connection beyond passing it on, such as `stripped an Upgrade`. */
export type Interfere = (deed: string) => void;

export interface BoxSettings {
  /** Without a byte for so long, a connection is closed by a box that does that. */
  readonly idleMs: number;
}

/** Something on the way between a client and a server that is neither of the two, and may know better than both. */
export interface Middlebox {
  /** What it is, for tables. */
  readonly summary: string;
  /** What stands in front of a server's HTTP port. It does not listen yet. */
  onHttpPort(upstream: Address, interfere: Interfere, settings: BoxSettings): Server;
  /** What stands in front of any other port. */
  onOtherPort(upstream: Address, interfere: Interfere, settings: BoxSettings): Server;
}

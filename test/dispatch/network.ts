import type { Answer, Ask, Transport } from "../../dispatch/attempt.ts";
import { Guard, type ResolvedAddress } from "../../dispatch/guard.ts";

export type Receiver = (ask: Ask, signal: AbortSignal) => Promise<Answer>;

/** An internet in memory: names with addresses, receivers at addresses, and a note of every connection. */
export class Network {
  readonly names = new Map<string, readonly string[]>();
  readonly receivers = new Map<string, Receiver>();
  readonly connections: string[] = [];
  readonly guard: Guard;

  constructor() {
    const resolve = async (hostname: string): Promise<readonly ResolvedAddress[]> =>
      (this.names.get(hostname) ?? []).map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    this.guard = new Guard({ resolve, allowLoopback: false });
  }

  add(name: string, address: string, receiver: Receiver): void {
    this.names.set(name, [address]);
    this.receivers.set(address, receiver);
  }

  readonly transport: Transport = async (ask, signal) => {
    const [to] = await this.guard.addresses(this.guard.parse(ask.url), signal);
    const address = to?.address ?? "";
    this.connections.push(address);
    const receiver = this.receivers.get(address);
    if (receiver === undefined) throw new Error(`connect ECONNREFUSED ${address}`);
    return receiver(ask, signal);
  };
}

export function answer(status: number, headers: Answer["headers"] = {}, body = ""): Answer {
  return { status, headers, body: Buffer.from(body) };
}

/** An answer that never comes. */
export const silence: Promise<Answer> = new Promise(() => {});

/** A receiver that confirms its subscription, and does with deliveries as told. */
export function confirming(receive: Receiver): Receiver {
  return async (ask, signal) => {
    const secret = ask.headers["X-Hook-Secret"];
    return secret === undefined ? receive(ask, signal) : answer(200, { "x-hook-secret": secret });
  };
}

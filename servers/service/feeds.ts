import type { EndReason } from "../contract.ts";
import type { Framing } from "./framing.ts";
import type { Published, Switchboard } from "./switchboard.ts";

/** A subscriber that takes nothing while this much is published is cut off. */
export const cutOffBytes = 1024 * 1024;

/** How much of the history goes out between two looks at whether the subscriber keeps up. */
export const pageBytes = 64 * 1024;

/** How long a subscriber that was cut off has to read why, before its connection is destroyed. */
export const goodbyeMs = 5_000;

/** The sending side of one subscription, as its server sees it. */
export interface Sink<Frame> {
  /** Sends a frame. False: it waits in the process, and `drained()` will be called once it has gone. */
  write(frame: Frame): boolean;
  /** Sends `bye` and ends the connection, by force once `goodbyeMs` are over. */
  end(bye: Frame, reason: EndReason): void;
}

/** A transport's own way to send one frame to all subscribers that keep up. */
export interface Broadcast<Frame, S extends Sink<Frame>> {
  send(frame: Frame): void;
  /** Whether what was last sent has left the process. */
  flushed(sink: S): boolean;
  join(sink: S): void;
  leave(sink: S): void;
}

/**
 * Every subscription of one push server.
 *
 * A subscriber that keeps up is sent each event as it happens. One that does not is left alone until its
 * connection has drained, and then reads on from the history: so what waits for a subscriber is never kept
 * twice, and thousands of stalled ones cost no more memory than one.
 */
export class Feeds<Frame, S extends Sink<Frame> = Sink<Frame>> {
  readonly #switchboard: Switchboard;
  readonly #framing: Framing<Frame>;
  readonly #broadcast: Broadcast<Frame, S> | undefined;
  readonly #live = new Set<Feed<Frame, S>>();
  readonly #behind = new Set<Feed<Frame, S>>();
  #cutOff = 0;

  constructor(switchboard: Switchboard, framing: Framing<Frame>, broadcast?: Broadcast<Frame, S>) {
    this.#switchboard = switchboard;
    this.#framing = framing;
    this.#broadcast = broadcast;
    switchboard.listen((event) => this.#publish(event));
  }

  /** Subscribers cut off since the start. */
  get cutOff(): number {
    return this.#cutOff;
  }

  /** Starts a subscription after the cursor `after`; undefined: only what happens from now on. */
  open(sink: S, after: number | undefined): Feed<Frame, S> {
    const feed = new Feed(this, sink, after ?? this.#switchboard.history.last);
    sink.write(this.#framing.hello(feed.cursor));
    this.#behind.add(feed);
    this.catchUp(feed);
    return feed;
  }

  /** The subscriber is gone: forgets it. */
  close(feed: Feed<Frame, S>): void {
    feed.ended = true;
    this.#forget(feed);
  }

  /** Ends every subscription. */
  closeAll(reason: EndReason): void {
    for (const feed of [...this.#live, ...this.#behind]) this.#end(feed, reason);
  }

  /** Sends what the subscriber has missed, until it is up to date or its connection is full. */
  catchUp(feed: Feed<Frame, S>): void {
    feed.stalledAtBytes = undefined;
    const { history } = this.#switchboard;
    for (;;) {
      const page = history.read(feed.cursor, pageBytes);
      let flushed = true;
      if (page.gap) flushed = feed.sink.write(this.#framing.gap(page.gap));
      for (const [index, json] of page.events.entries()) {
        flushed = feed.sink.write(this.#framing.event(page.first + index, json));
      }
      feed.cursor = page.cursor;
      if (feed.ended) return;
      if (!flushed) {
        feed.stalledAtBytes = history.totalBytes;
        return;
      }
      if (feed.cursor === history.last) break;
    }
    this.#behind.delete(feed);
    this.#live.add(feed);
    this.#broadcast?.join(feed.sink);
  }

  #publish(event: Published): void {
    if (this.#live.size === 0 && this.#behind.size === 0) return;
    const frame = this.#framing.event(event.id, event.json);
    for (const feed of this.#behind) this.#cutOffIfSlow(feed);
    this.#broadcast?.send(frame);
    for (const feed of this.#live) {
      const flushed = this.#broadcast ? this.#broadcast.flushed(feed.sink) : feed.sink.write(frame);
      feed.cursor = event.id;
      if (!flushed) this.#stall(feed);
    }
  }

  #forget(feed: Feed<Frame, S>): void {
    this.#behind.delete(feed);
    if (this.#live.delete(feed)) this.#broadcast?.leave(feed.sink);
  }

  #stall(feed: Feed<Frame, S>): void {
    if (feed.ended) return;
    this.#forget(feed);
    this.#behind.add(feed);
    feed.stalledAtBytes = this.#switchboard.history.totalBytes;
  }

  #cutOffIfSlow(feed: Feed<Frame, S>): void {
    if (feed.stalledAtBytes === undefined) return;
    if (this.#switchboard.history.totalBytes - feed.stalledAtBytes <= cutOffBytes) return;
    this.#cutOff++;
    this.#end(feed, "slow subscriber");
  }

  #end(feed: Feed<Frame, S>, reason: EndReason): void {
    this.close(feed);
    feed.sink.end(this.#framing.bye(reason), reason);
  }
}

/** One subscription: how far it is, and since when it has not taken anything. */
export class Feed<Frame, S extends Sink<Frame> = Sink<Frame>> {
  readonly #feeds: Feeds<Frame, S>;
  readonly sink: S;
  cursor: number;
  /** What the history had taken in when the connection filled up; undefined while it takes more. */
  stalledAtBytes: number | undefined;
  /** It is over, which its connection may bring about within a write. */
  ended = false;

  constructor(feeds: Feeds<Frame, S>, sink: S, cursor: number) {
    this.#feeds = feeds;
    this.sink = sink;
    this.cursor = cursor;
  }

  /** The connection takes more again. */
  drained(): void {
    // Some connections say so within a write that did not stall; only a stalled feed has anything to send. One
    // that was cut off may drain while it says goodbye, and must not come back.
    if (this.stalledAtBytes !== undefined && !this.ended) this.#feeds.catchUp(this);
  }

  /** The subscriber is gone. */
  close(): void {
    this.#feeds.close(this);
  }
}

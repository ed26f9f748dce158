import { beforeEach, describe, expect, it } from "vitest";
import type { EndReason } from "../../../servers/contract.ts";
import {
  type Broadcast,
  cutOffBytes,
  type Feed,
  Feeds,
  pageBytes,
  type Sink,
} from "../../../servers/service/feeds.ts";
import type { Framing } from "../../../servers/service/framing.ts";
import { History } from "../../../servers/service/history.ts";
import { Switchboard } from "../../../servers/service/switchboard.ts";

const framing: Framing<string> = {
  hello: (cursor) => `hello ${cursor}`,
  event: (id) => `event ${id}`,
  gap: ({ after, next }) => `gap ${after}-${next}`,
  bye: (reason) => `bye ${reason}`,
};

/** A connection that can be full. */
class FakeSink implements Sink<string> {
  readonly frames: string[] = [];
  readonly ends: EndReason[] = [];
  full = false;
  onWrite = () => {};

  write(frame: string): boolean {
    this.frames.push(frame);
    this.onWrite();
    return !this.full;
  }

  end(bye: string, reason: EndReason): void {
    this.frames.push(bye);
    this.ends.push(reason);
  }

  take(): string[] {
    return this.frames.splice(0);
  }
}

describe("Feeds", () => {
  let switchboard: Switchboard;
  let feeds: Feeds<string>;
  const publish = (bytes = 0) => switchboard.publish({ type: "hook.a", data: "x".repeat(bytes) });

  beforeEach(() => {
    switchboard = new Switchboard(new History({ events: 100, bytes: 4 * cutOffBytes }));
    feeds = new Feeds(switchboard, framing);
  });

  function open(after?: number): { sink: FakeSink; feed: Feed<string> } {
    const sink = new FakeSink();
    return { sink, feed: feeds.open(sink, after) };
  }

  it("begins with what happens from now on", () => {
    publish();
    const { sink } = open();
    publish();
    expect(sink.frames).toEqual(["hello 1", "event 2"]);
  });

  it("sends what came after the cursor, then each event as it happens", () => {
    for (let event = 0; event < 3; event++) publish();
    const { sink } = open(1);
    publish();
    expect(sink.frames).toEqual(["hello 1", "event 2", "event 3", "event 4"]);
  });

  it("names the gap of a cursor that cannot be honoured, and goes on from there", () => {
    const { sink } = open(9);
    publish();
    expect(sink.frames).toEqual(["hello 9", "gap 9-1", "event 1"]);
  });

  it("leaves a full connection alone until it has drained, then sends what it missed", () => {
    const { sink, feed } = open();
    sink.full = true;
    for (let event = 0; event < 5; event++) publish();
    expect(sink.take()).toEqual(["hello 0", "event 1"]);
    sink.full = false;
    feed.drained();
    expect(sink.take()).toEqual(["event 2", "event 3", "event 4", "event 5"]);
    publish();
    expect(sink.take()).toEqual(["event 6"]);
  });

  it("sends the history by the page to a connection that is slow", () => {
    for (let event = 0; event < 6; event++) publish(pageBytes / 2 - 100);
    const sink = new FakeSink();
    sink.full = true;
    const feed = feeds.open(sink, 0);
    expect(sink.take()).toEqual(["hello 0", "event 1", "event 2"]);
    feed.drained();
    expect(sink.take()).toEqual(["event 3", "event 4"]);
    publish();
    expect(sink.take()).toEqual([]);
    sink.full = false;
    feed.drained();
    expect(sink.take()).toEqual(["event 5", "event 6", "event 7"]);
  });

  it("names the gap when the history has passed a subscriber that is slow", () => {
    const { sink, feed } = open();
    sink.full = true;
    for (let event = 0; event < 150; event++) publish();
    sink.full = false;
    sink.take();
    feed.drained();
    expect(sink.take().slice(0, 2)).toEqual(["gap 1-51", "event 51"]);
  });

  it("cuts off a subscriber that takes nothing while 1 MiB is published, and no other", () => {
    const { sink } = open();
    const other = open();
    sink.full = true;
    publish();
    const half = cutOffBytes / 2;
    publish(half - 200);
    publish(half - 200);
    expect(sink.ends).toEqual([]);
    publish(400);
    expect(sink.ends).toEqual(["slow subscriber"]);
    expect(feeds.cutOff).toBe(1);
    publish();
    expect(sink.take()).toEqual(["hello 0", "event 1", "bye slow subscriber"]);
    expect(other.sink.take()).toEqual(["hello 0", "event 1", "event 2", "event 3", "event 4", "event 5"]);
  });

  it("does not cut off a subscriber that is behind but takes what it is sent", () => {
    const { sink, feed } = open();
    sink.full = true;
    for (let event = 0; event < 8; event++) {
      publish(cutOffBytes / 2);
      feed.drained();
    }
    expect(sink.ends).toEqual([]);
  });

  it("does not bring a subscription back that was cut off", () => {
    const { sink, feed } = open();
    sink.full = true;
    publish();
    publish(cutOffBytes);
    publish();
    expect(sink.ends).toEqual(["slow subscriber"]);
    sink.take();
    sink.full = false;
    feed.drained();
    publish();
    feeds.closeAll("server closing");
    expect(sink.frames).toEqual([]);
  });

  it("forgets a subscriber that is gone, stalled or not", () => {
    const [live, stalled] = [open(), open()];
    stalled.sink.full = true;
    publish();
    for (const { sink, feed } of [live, stalled]) {
      sink.take();
      feed.close();
    }
    publish(cutOffBytes);
    publish(cutOffBytes);
    for (const { sink, feed } of [live, stalled]) {
      feed.drained();
      expect(sink.frames).toEqual([]);
    }
    expect(feeds.cutOff).toBe(0);
  });

  it("ends every subscription, stalled or not, once", () => {
    const [live, stalled] = [open(), open()];
    stalled.sink.full = true;
    publish();
    feeds.closeAll("server closing");
    feeds.closeAll("server closing");
    for (const { sink } of [live, stalled]) expect(sink.ends).toEqual(["server closing"]);
    expect(feeds.cutOff).toBe(0);
  });

  it("lets a connection drain within a write", () => {
    for (let event = 0; event < 3; event++) publish();
    const sink = new FakeSink();
    let feed: Feed<string> | undefined;
    sink.onWrite = () => feed?.drained();
    feed = feeds.open(sink, 0);
    publish();
    expect(sink.frames).toEqual(["hello 0", "event 1", "event 2", "event 3", "event 4"]);
  });

  it("lets a connection end within a write", () => {
    const { sink, feed } = open();
    const other = open();
    sink.full = true;
    sink.onWrite = () => feed.close();
    publish();
    publish();
    feed.drained();
    expect(sink.frames).toEqual(["hello 0", "event 1"]);
    expect(other.sink.frames).toEqual(["hello 0", "event 1", "event 2"]);
  });

  it("does not send on to a connection that ends while it catches up", () => {
    const { sink, feed } = open();
    sink.full = true;
    publish();
    publish();
    sink.full = false;
    sink.onWrite = () => feed.close();
    feed.drained();
    sink.take();
    publish();
    expect(sink.frames).toEqual([]);
  });
});

describe("Feeds with a broadcast", () => {
  /** A room to which a frame is sent once for all. */
  class Room implements Broadcast<string, FakeSink> {
    readonly members = new Set<FakeSink>();
    readonly sent: string[] = [];

    send(frame: string): void {
      this.sent.push(frame);
      for (const member of this.members) member.write(frame);
    }
    flushed = (sink: FakeSink) => !sink.full;
    join = (sink: FakeSink) => void this.members.add(sink);
    leave = (sink: FakeSink) => void this.members.delete(sink);
  }

  it("sends live events once for all, and each laggard what it missed", () => {
    const switchboard = new Switchboard(new History({ events: 100, bytes: 100_000 }));
    const room = new Room();
    const feeds = new Feeds<string, FakeSink>(switchboard, framing, room);
    const [quick, slow] = [new FakeSink(), new FakeSink()];
    feeds.open(quick, undefined);
    const feed = feeds.open(slow, undefined);
    const publish = () => switchboard.publish({ type: "hook.a", data: 0 });
    publish();
    slow.full = true;
    publish();
    publish();
    expect(room.members).toEqual(new Set([quick]));
    slow.full = false;
    feed.drained();
    publish();
    expect(room.sent).toEqual(["event 1", "event 2", "event 3", "event 4"]);
    for (const sink of [quick, slow]) {
      expect(sink.frames).toEqual(["hello 0", "event 1", "event 2", "event 3", "event 4"]);
    }
    feeds.closeAll("server closing");
    expect(room.members.size).toBe(0);
  });
});

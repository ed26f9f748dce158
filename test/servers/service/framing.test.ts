import { describe, expect, it } from "vitest";
import { encodeEvent } from "../../../servers/service/event-log.ts";
import { encodePage, messageFraming, sseFraming, sseHeartbeat } from "../../../servers/service/framing.ts";
import { History } from "../../../servers/service/history.ts";

interface Dispatched {
  readonly id: string;
  readonly type: string;
  readonly data: string;
}

/** An event stream, read as the HTML Standard says in section 9.2.6 "Interpreting an event stream". */
function interpret(stream: string): { dispatched: Dispatched[]; lastEventId: string } {
  const dispatched: Dispatched[] = [];
  let [data, type, id, lastEventId] = ["", "", "", ""];
  for (const line of stream.split(/\r\n|\r|\n/).slice(0, -1)) {
    if (line === "") {
      lastEventId = id;
      if (data !== "") dispatched.push({ id, type: type || "message", data: data.replace(/\n$/, "") });
      [data, type] = ["", ""];
      continue;
    }
    const [, field = "", value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === "data") data += `${value}\n`;
    else if (field === "event") type = value;
    else if (field === "id" && !value.includes("\0")) id = value;
  }
  return { dispatched, lastEventId };
}

const awkward = [
  "\n\nid: 9\nevent: bye\n\n",
  "\r\r\n",
  "\u2028\u2029\u0085",
  "\u0000",
  ": comment",
  " ",
  "\ufeff",
];

describe("sseFraming", () => {
  it.each(awkward)("puts an event with %j in one message", (data) => {
    const json = encodeEvent(7, 1, { type: "hook.a", data });
    const frame = sseFraming.event(7, json).toString();
    expect(interpret(frame)).toEqual({
      dispatched: [{ id: "7", type: "message", data: json.toString() }],
      lastEventId: "7",
    });
    expect(JSON.parse(interpret(frame).dispatched[0]?.data ?? "")).toMatchObject({ id: 7, data });
  });

  it("tells the cursor a subscription starts from, and makes it the stream's last id", () => {
    const { dispatched, lastEventId } = interpret(sseFraming.hello(41).toString());
    expect(dispatched).toEqual([{ id: "41", type: "hello", data: '{"cursor":41}' }]);
    expect(lastEventId).toBe("41");
  });

  it("moves the stream's last id over a gap", () => {
    const { dispatched, lastEventId } = interpret(sseFraming.gap({ after: 3, next: 21 }).toString());
    expect(dispatched).toEqual([{ id: "20", type: "gap", data: '{"after":3,"next":21}' }]);
    expect(lastEventId).toBe("20");
  });

  it("leaves the stream's last id alone when it says goodbye, and in a heartbeat", () => {
    const event = sseFraming.event(7, encodeEvent(7, 1, { type: "hook.a", data: 1 }));
    const stream = Buffer.concat([event, sseHeartbeat, sseFraming.bye("slow subscriber")]).toString();
    const { dispatched, lastEventId } = interpret(stream);
    expect(dispatched.map(({ type }) => type)).toEqual(["message", "bye"]);
    expect(dispatched[1]?.data).toBe('{"reason":"slow subscriber"}');
    expect(lastEventId).toBe("7");
  });
});

describe("messageFraming", () => {
  it("sends events as they are and notices under their name", () => {
    const json = encodeEvent(7, 1, { type: "hook.a", data: 1 });
    expect(messageFraming.event(7, json)).toBe(json);
    expect(JSON.parse(messageFraming.hello(3).toString())).toEqual({ hello: { cursor: 3 } });
    expect(JSON.parse(messageFraming.gap({ after: 1, next: 5 }).toString())).toEqual({
      gap: { after: 1, next: 5 },
    });
    expect(JSON.parse(messageFraming.bye("server closing").toString())).toEqual({
      bye: { reason: "server closing" },
    });
  });
});

describe("encodePage", () => {
  const history = new History({ events: 3, bytes: 10_000 });
  for (const data of ["dropped", ...awkward.slice(0, 3)]) {
    history.append(encodeEvent(history.last + 1, 1, { type: "hook.a", data }));
  }
  const read = (after: number, maxBytes = 10_000) =>
    JSON.parse(encodePage(history.read(after, maxBytes)).toString());

  it("is JSON with the events and the newest id", () => {
    const page = read(1);
    expect(Object.keys(page)).toEqual(["events", "last"]);
    expect(page.events.map(({ id, data }: { id: number; data: string }) => [id, data])).toEqual([
      [2, awkward[0]],
      [3, awkward[1]],
      [4, awkward[2]],
    ]);
    expect(page.last).toBe(4);
  });

  it("is JSON without events, and with a page that is not the last", () => {
    expect(read(4)).toEqual({ events: [], last: 4 });
    expect(read(2, 1)).toMatchObject({ events: [{ id: 3 }], last: 4 });
  });

  it("has the gap before the events", () => {
    expect(read(0)).toMatchObject({ gap: { after: 0, next: 2 }, events: [{ id: 2 }, { id: 3 }, { id: 4 }] });
  });
});

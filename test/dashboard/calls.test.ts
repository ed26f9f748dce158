import { expect, it } from "vitest";
import { Calls, callsKept, isRinging } from "../../servers/dashboard/calls.js";

const callSid = `CA${"1".repeat(32)}`;
const recordingSid = `RE${"2".repeat(32)}`;
const url = `/recordings/${recordingSid}.wav?key=${"Ab_-".repeat(5)}Ab`;
let id = 0;

function take(calls: Calls, type: string, data: unknown, at = 1_000) {
  return calls.take({ id: ++id, type, at, data });
}

it("follows a call from its ringing to its end", () => {
  const calls = new Calls();
  const from = "+14158675309";
  expect(take(calls, "call.status", { callSid, from, status: "initiated" })?.status).toBe("initiated");
  const ringing = { callSid, from, status: "ringing", fromCity: "SAN FRANCISCO", fromState: "CA" };
  expect(take(calls, "call.ringing", ringing)).toMatchObject({
    from,
    place: "SAN FRANCISCO, CA",
    status: "ringing",
    beganAtMs: 1_000,
  });
  const recorded = { callSid, from, status: "in-progress", url, durationSeconds: 4, digits: "hangup" };
  expect(take(calls, "call.recorded", recorded)).toMatchObject({
    status: "in-progress",
    durationSeconds: undefined,
    recording: { url, durationSeconds: 4, key: "hangup" },
  });
  expect(
    take(calls, "call.status", { callSid, status: "completed", durationSeconds: 9 }, 2_000),
  ).toMatchObject({
    from,
    place: "SAN FRANCISCO, CA",
    status: "completed",
    durationSeconds: 9,
    beganAtMs: 1_000,
    recording: { url },
  });
});

it("does not let a call go back, in whatever order its states arrive", () => {
  const calls = new Calls();
  const arrivals = ["in-progress", "ringing", "completed", "in-progress", "no-answer", "initiated"];
  expect(arrivals.map((status) => take(calls, "call.status", { callSid, status })?.status)).toEqual([
    "in-progress",
    "in-progress",
    "completed",
    "completed",
    "completed",
    "completed",
  ]);
});

it.each([
  "https://elsewhere.example/RE.wav",
  "//elsewhere.example/recordings/x.wav",
  "javascript:alert(1)",
  "/recordings/../server.json",
  `/recordings/${recordingSid}.wav`,
  "",
])("plays nothing from %s", (elsewhere) => {
  const call = take(new Calls(), "call.recorded", { callSid, status: "completed", url: elsewhere });
  expect(call?.recording).toBeUndefined();
});

it.each([
  ["hook.test", { callSid }],
  ["call.ringing", null],
  ["call.ringing", "text"],
  ["call.ringing", { callSid: 7 }],
])("takes no call from %s with %j", (type, data) => {
  expect(take(new Calls(), type, data)).toBeUndefined();
});

it("rings until it is answered, or nobody tells of it any more", () => {
  const calls = new Calls();
  const call = take(calls, "call.ringing", { callSid, status: "ringing" });
  if (call === undefined) throw new Error("expected a call");
  expect([1_000, 60_999, 61_000].map((nowMs) => isRinging(call, nowMs))).toEqual([true, true, false]);
  const answered = take(calls, "call.status", { callSid, status: "in-progress" });
  expect(answered && isRinging(answered, 1_000)).toBe(false);
});

it("knows of the newest calls alone, however many there were", () => {
  const calls = new Calls();
  for (let index = 0; index <= callsKept; index++)
    take(calls, "call.ringing", { callSid: `CA${index}`, from: "+1", status: "ringing" });
  const told = (index: number) => take(calls, "call.status", { callSid: `CA${index}`, status: "completed" });
  expect(told(callsKept)?.from).toBe("+1");
  expect(told(0)?.from).toBe("");
});

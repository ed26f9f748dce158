import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { signTwilio, twilioBodyHash } from "../../../../servers/service/webhooks/twilio.ts";
import { deliver, refusalOf, refusalsOf, secrets } from "./deliver.ts";

const token = secrets.twilioAuthToken;
const host = "us.example:8080";
const callSid = `CA${"0a".repeat(16)}`;
const recordingSid = `RE${"1b".repeat(16)}`;
const basic = {
  AccountSid: `AC${"2c".repeat(16)}`,
  CallSid: callSid,
  From: "+14158675309",
  To: "+18005551212",
  CallStatus: "ringing",
  Direction: "inbound",
  ApiVersion: "2010-04-01",
};
const call = { callSid, from: "+14158675309", to: "+18005551212", status: "ringing" };
const form = "application/x-www-form-urlencoded";

type Fields = Readonly<Record<string, string | undefined>>;

function fieldsOf(fields: Fields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function post(target: string, fields: Fields = basic, origin = `http://${host}`) {
  const signature = signTwilio(token, origin + target, fieldsOf(fields));
  const headers = { host, "content-type": form, "x-twilio-signature": signature };
  return { method: "POST", target, headers, body: new URLSearchParams(fieldsOf(fields)).toString() };
}

function get(target: string) {
  const headers = { host, "x-twilio-signature": signTwilio(token, `http://${host}${target}`) };
  return { method: "GET", target, headers, body: "" };
}

const ringing = {
  type: "call.ringing",
  data: { ...call, direction: "inbound" },
  key: `twilio:${callSid}:ringing`,
};

describe("a call that rings", () => {
  it.each([
    ["POST", post("/twilio/voice")],
    ["POST with a query", post("/twilio/voice?foo=1&bar=2")],
    ["GET", get(`/twilio/voice?${new URLSearchParams(basic)}`)],
  ])("is an event by %s, and is answered with what to do", (_what, delivery) => {
    const outcome = deliver(delivery);
    expect(outcome.events).toEqual([ringing]);
    const answer = outcome.answer([1]);
    expect(answer).toMatchObject({ status: 200, headers: { "Content-Type": "text/xml" } });
    const verbs = answer.body.toString().match(/<(?!\/|\?)\w+/g);
    expect(verbs).toEqual(["<Response", "<Say", "<Record", "<Say", "<Hangup"]);
  });

  it("says what is known of the caller", () => {
    const known = { CallerName: "ADA", FromCity: "LONDON", FromState: "", FromCountry: "GB" };
    const outcome = deliver(post("/twilio/voice", { ...basic, ...known }));
    expect(outcome.events[0]?.data).toEqual({
      ...ringing.data,
      callerName: "ADA",
      fromCity: "LONDON",
      fromCountry: "GB",
    });
  });

  it("leaves out what has swallowed its neighbour", () => {
    const swallowed = {
      CallerName: "ADACallerStateCA",
      FromCity: "ROMEFromCountryIT",
      FromState: "FromZip00100",
    };
    const outcome = deliver(post("/twilio/voice", { ...basic, ...swallowed }));
    expect(outcome.events).toEqual([ringing]);
  });

  it.each([
    "",
    "client:ada",
    "client:Tom.Caller",
    "sip:ada@example.com",
    "+266696687",
    "Anonymous",
    "anonymous",
  ])("may come from %j", (from) =>
    expect(deliver(post("/twilio/voice", { ...basic, From: from })).events).toHaveLength(1),
  );

  it("is believed at the public URL alone, where there is one", () => {
    const options = { ...secrets, publicUrl: "https://phone.example" };
    expect(deliver(post("/twilio/voice", basic, "https://phone.example"), options).events).toHaveLength(1);
    expect(deliver(post("/twilio/voice", basic, "https://phone.example:443"), options).events).toHaveLength(
      1,
    );
    expect(refusalOf(deliver(post("/twilio/voice"), options))).toMatch(
      /^403 .* https:\/\/phone.example\/twilio/,
    );
  });

  it("may be told of in JSON, whose hash the address says", () => {
    const body = JSON.stringify({ ...basic, Extra: [1] });
    const target = `/twilio/voice?bodySHA256=${twilioBodyHash(Buffer.from(body))}`;
    const headers = { ...get(target).headers, "content-type": "application/json" };
    const json = { method: "POST", target, headers, body };
    expect(deliver(json).events).toEqual([ringing]);
    expect(refusalOf(deliver({ ...json, body: `${body} ` }))).toMatch(/^403 expected bodySHA256/);
    const without = {
      ...json,
      target: "/twilio/voice",
      headers: { ...headers, ...get("/twilio/voice").headers },
    };
    expect(refusalOf(deliver(without))).toMatch(/^415 /);
    const asForm = post(target);
    expect(refusalOf(deliver(asForm))).toMatch(/^400 expected a form at an address without bodySHA256/);
    const unsignedForm = { ...asForm, headers: { ...headers, "content-type": form } };
    expect(refusalOf(deliver(unsignedForm))).toMatch(/^400 /);
  });

  const having = refusalsOf(post("/twilio/voice"));
  const { headers } = post("/twilio/voice");

  it("is refused unless it is signed", () => {
    expect(having({ headers: { ...headers, "x-twilio-signature": undefined } })).toMatch(
      /^400 .* X-Twilio-Sig/,
    );
    expect(having({ headers: { ...headers, "x-twilio-signature": "" } })).toMatch(/^403 /);
    expect(having({ target: "/twilio/voice?x" })).toMatch(/^403 /);
    expect(having({ headers: { ...headers, "content-type": "text/plain" } })).toMatch(/^415 /);
    expect(refusalOf(deliver(post("/twilio/voice"), {}))).toMatch(/^404 .* TWILIO_AUTH_TOKEN/);
    expect(having({ body: "" })).not.toMatch(headers["x-twilio-signature"]);
  });

  it("is refused by the other method: a GET signs its address, a POST its form", () => {
    const { target, headers: signed } = get(`/twilio/voice?${new URLSearchParams(basic)}`);
    expect(having({ target, headers: { ...headers, ...signed }, body: "" })).toMatch(/^400 expected CallSid/);
    expect(having({ method: "GET", target: "/twilio/voice" })).toMatch(/^403 /);
  });

  it.each([
    ["CallSid", undefined],
    ["CallSid", "CA1"],
    ["CallSid", `${callSid}CallStatusringing`],
    ["CallStatus", undefined],
    ["CallStatus", "ringingDirectioninbound"],
    ["From", undefined],
    ["From", "+14158675309To+18005551212"],
    ["From", "<script>"],
    ["From", "sip:ada@x.orgFromCityRomeFromCountryIT"],
    ["From", "anonymousFromCityUR"],
    ["To", undefined],
    ["To", "client:adaToCityROME"],
    ["Direction", "inboundForwardedFrom+14158675309"],
  ])("is refused if its %s is %s, though it is signed", (name, value) => {
    expect(refusalOf(deliver(post("/twilio/voice", { ...basic, [name]: value })))).toMatch(
      `400 expected ${name} as Twilio writes it, got another`,
    );
  });
});

describe("a recording", () => {
  const told = {
    ...basic,
    CallStatus: "in-progress",
    RecordingUrl: `https://api.twilio.com/2010-04-01/Accounts/${basic.AccountSid}/Recordings/${recordingSid}`,
    RecordingDuration: "4",
    Digits: "#",
  };
  const recorded = (fields: Fields = {}) => deliver(post("/twilio/recording", { ...told, ...fields }));

  it("is an event with our own address of it, which nobody could guess", () => {
    const outcome = recorded();
    const key = createHmac("sha256", token)
      .update(recordingSid)
      .digest()
      .subarray(0, 16)
      .toString("base64url");
    const url = `/recordings/${recordingSid}.wav?key=${key}`;
    const data = { ...call, status: "in-progress", recordingSid, url, durationSeconds: 4, digits: "#" };
    expect(outcome.events).toEqual([{ type: "call.recorded", data, key: `twilio:${recordingSid}:recorded` }]);
    expect(outcome.answer([1]).body.toString()).toMatch(/<Say .*<Hangup\/>/);
  });

  it.each([{ RecordingUrl: undefined }, { RecordingUrl: "" }, { RecordingDuration: "0" }])(
    "is no event if nothing was recorded: %j",
    (fields) => {
      const outcome = recorded(fields);
      expect(outcome.events).toEqual([]);
      expect(outcome.answer([]).status).toBe(200);
      expect(outcome.answer([]).body.toString()).toMatch(/nothing to hear.*<Hangup\/>/);
    },
  );

  it.each([
    { RecordingUrl: "https://evil.example/x.wav" },
    { RecordingUrl: `https://evil.example/${recordingSid}/../x` },
    { RecordingDuration: "4RecordingSidRE" },
    { RecordingDuration: undefined },
    { Digits: "1Directioninbound" },
    { CallSid: undefined },
  ])("is refused with %j", (fields) => expect(refusalOf(recorded(fields))).toMatch(/^400 expected /));

  it.each(["completed", "in-progress", "absent"])("has its state, %s, taken without an event", (state) => {
    const fields = { CallSid: callSid, RecordingSid: recordingSid, RecordingStatus: state };
    const outcome = deliver(post("/twilio/recording-status", fields));
    expect([outcome.events, outcome.answer([]).status]).toEqual([[], 200]);
    expect(refusalOf(deliver(post("/twilio/recording-status", { ...fields, RecordingSid: "x" })))).toMatch(
      /^400 /,
    );
  });
});

describe("a call's state", () => {
  const status = (fields: Fields) => deliver(post("/twilio/status", { ...basic, ...fields }));

  it("is an event that says its place among them, in whatever order they come", () => {
    const completed = status({ CallStatus: "completed", CallDuration: "12", SequenceNumber: "3" });
    const answered = status({ CallStatus: "in-progress", SequenceNumber: "1" });
    const data = { ...call, status: "completed", durationSeconds: 12, sequenceNumber: 3 };
    expect(completed.events).toEqual([
      { type: "call.status", data, key: `twilio:${callSid}:status:completed` },
    ]);
    expect(answered.events[0]?.data).toEqual({ ...call, status: "in-progress", sequenceNumber: 1 });
    expect(answered.events[0]?.key).not.toBe(completed.events[0]?.key);
    expect(status({ CallStatus: "completed" }).events[0]?.key).toBe(completed.events[0]?.key);
    expect(status({ CallStatus: "busy" }).events[0]?.data).toEqual({ ...call, status: "busy" });
  });

  it.each([{ CallDuration: "1e3" }, { SequenceNumber: "-1" }, { CallStatus: "" }])(
    "is refused with %j",
    (fields) => {
      expect(refusalOf(status(fields))).toMatch(/^400 expected /);
    },
  );
});

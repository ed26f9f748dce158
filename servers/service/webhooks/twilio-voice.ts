import type { ServerOptions } from "../../contract.ts";
import { type HttpAnswer, type HttpRequest, jsonAnswer } from "../http-answer.ts";
import { recordingAddress } from "../recording.ts";
import type { NewEvent } from "../switchboard.ts";
import { type HookContext, type HookRoute, type Outcome, refuse } from "./dialect.ts";
import { readTwilioRequest } from "./twilio-request.ts";
import { hangUp, record, say, twimlAnswer } from "./twiml.ts";

/** A phone call, as Twilio tells of it: it rings, is recorded, changes its state. */
export const twilioRoutes: readonly HookRoute[] = [
  { path: "/twilio/voice", methods: ["GET", "POST"], receive: (...of) => receive(ringing, ...of) },
  { path: "/twilio/recording", methods: ["POST"], receive: (...of) => receive(recorded, ...of) },
  {
    path: "/twilio/recording-status",
    methods: ["POST"],
    receive: (...of) => receive(recordingStatus, ...of),
  },
  { path: "/twilio/status", methods: ["POST"], receive: (...of) => receive(status, ...of) },
];

type Parameters = URLSearchParams;

/** What a genuine request means; a string says what is wrong with it. */
type Meaning = (
  of: Parameters,
  options: ServerOptions,
) => { readonly event?: NewEvent; readonly answer: HttpAnswer } | string;

/** A number, a word in its place such as `anonymous`, or an address such as `client:ada`. */
const party = /^(?:\+?(?:\d{0,20}|[A-Za-z]{1,20})|[a-z]{2,10}:[^\s]{1,255})$/;

/**
 * The form that a parameter must have to be believed. Twilio signs names and values run together, so that the same
 * signature fits if their bounds are moved: `CallStatus=ringingCalled...` for `CallStatus=ringing&Called=...`. Where
 * the form leaves room for that, `hasSwallowed` looks for the neighbour.
 */
const forms = {
  CallSid: /^CA[0-9a-f]{32}$/,
  CallStatus: /^[a-z-]{1,20}$/,
  From: party,
  To: party,
  Direction: /^(?:inbound|outbound-(?:api|dial)|trunking-(?:originating|terminating))$/,
  Digits: /^(?:[\d*#]{0,64}|hangup)$/,
  RecordingSid: /^RE[0-9a-f]{32}$/,
  RecordingStatus: /^[a-z-]{1,20}$/,
} as const satisfies Readonly<Record<string, RegExp>>;

const thanks = say("Thank you. It plays now.");
const nothingHeard = say("There was nothing to hear. Goodbye.");

const ringing: Meaning = (of) => {
  const wrong = wrongIn(of, "CallSid", "CallStatus", "From", "To") ?? wrongIfGiven(of, "Direction");
  if (wrong) return wrong;
  return {
    event: {
      type: "call.ringing",
      data: { ...call(of), direction: of.get("Direction"), ...caller(of) },
      key: `twilio:${of.get("CallSid")}:ringing`,
    },
    answer: twimlAnswer(
      say("This is the evented web. Speak after the tone, and watch the browser."),
      record({
        action: "/twilio/recording",
        statusCallback: "/twilio/recording-status",
        maxLengthSeconds: 10,
      }),
      nothingHeard,
      hangUp(),
    ),
  };
};

const recorded: Meaning = (of, { twilioAuthToken }) => {
  const wrong = wrongIn(of, "CallSid", "CallStatus", "From", "To") ?? wrongIfGiven(of, "Digits");
  if (wrong) return wrong;
  const url = of.get("RecordingUrl") ?? "";
  const duration = of.get("RecordingDuration") ?? "";
  // No action is asked for when nothing was recorded; but callers hang up at any time.
  if (url === "" || duration === "0") return { answer: twimlAnswer(nothingHeard, hangUp()) };
  const recordingSid = /\/(RE[0-9a-f]{32})$/.exec(url)?.[1];
  if (recordingSid === undefined)
    return "expected RecordingUrl to end in a recording's id, /RE and 32 digits";
  if (!isSeconds(duration)) return "expected RecordingDuration in whole seconds";
  return {
    event: {
      type: "call.recorded",
      data: {
        ...call(of),
        recordingSid,
        url: recordingAddress(recordingSid, twilioAuthToken),
        durationSeconds: Number(duration),
        digits: of.get("Digits"),
      },
      key: `twilio:${recordingSid}:recorded`,
    },
    answer: twimlAnswer(thanks, hangUp()),
  };
};

/** Says that a recording can be fetched, or that there is none. We learn of the first by fetching it. */
const recordingStatus: Meaning = (of) =>
  wrongIn(of, "CallSid", "RecordingSid", "RecordingStatus") ?? { answer: jsonAnswer(200, {}) };

const status: Meaning = (of) => {
  const wrong = wrongIn(of, "CallSid", "CallStatus", "From", "To");
  if (wrong) return wrong;
  const duration = of.get("CallDuration");
  if (duration !== null && !isSeconds(duration)) return "expected CallDuration in whole seconds";
  const sequence = of.get("SequenceNumber");
  if (sequence !== null && !isSeconds(sequence)) return "expected SequenceNumber to be a whole number";
  return {
    event: {
      type: "call.status",
      data: {
        ...call(of),
        ...(duration === null ? {} : { durationSeconds: Number(duration) }),
        // Twilio does not promise to tell of them in order: whoever shows a state takes the one with the highest.
        ...(sequence === null ? {} : { sequenceNumber: Number(sequence) }),
      },
      // Without the sequence: it may be missing, so whoever hid it in the name before could have the state again.
      key: `twilio:${of.get("CallSid")}:status:${of.get("CallStatus")}`,
    },
    answer: jsonAnswer(200, {}),
  };
};

function receive(meaning: Meaning, request: HttpRequest, { options }: HookContext): Outcome {
  const read = readTwilioRequest(request, options);
  if ("refusal" in read) return read.refusal;
  const meant = meaning(read.parameters, options);
  if (typeof meant === "string") return refuse(400, `${meant}, got another`);
  return { events: meant.event ? [meant.event] : [], answer: () => meant.answer };
}

function call(of: Parameters) {
  return { callSid: of.get("CallSid"), from: of.get("From"), to: of.get("To"), status: of.get("CallStatus") };
}

/** What the telephone company knows of who calls, without what cannot be believed. */
function caller(of: Parameters): Readonly<Record<string, string>> {
  const told = {
    callerName: "CallerName",
    fromCity: "FromCity",
    fromState: "FromState",
    fromCountry: "FromCountry",
    forwardedFrom: "ForwardedFrom",
  };
  return Object.fromEntries(
    Object.entries(told).flatMap(([name, parameter]) => {
      const value = of.get(parameter);
      return value && !hasSwallowed(parameter, value) ? [[name, value]] : [];
    }),
  );
}

/** What is wrong with one of these parameters; undefined if nothing is. */
function wrongIn(of: Parameters, ...names: readonly (keyof typeof forms)[]): string | undefined {
  const name = names.find((each) => {
    const value = of.get(each) ?? "\n";
    return !forms[each].test(value) || hasSwallowed(each, value);
  });
  return name && `expected ${name} as Twilio writes it`;
}

function wrongIfGiven(of: Parameters, name: keyof typeof forms): string | undefined {
  return of.has(name) ? wrongIn(of, name) : undefined;
}

/**
 * Whether a value holds the name of a parameter that could be its neighbour: only those behind it are signed after
 * it. Those that every event needs are not looked for: swallowed, they would be missed.
 */
function hasSwallowed(name: string, value: string): boolean {
  return neighbours.some((neighbour) => neighbour > name && value.includes(neighbour));
}

/** What else Twilio says of a call. Source: Twilio, "TwiML for Voice", and its attributes of each verb. */
const neighbours = [
  ...["AddOns", "ApiVersion", "CallDuration", "CallToken", "Called", "CallerName", "CallbackSource"],
  ...["CalledCity", "CalledCountry", "CalledState", "CalledZip"],
  ...["CallerCity", "CallerCountry", "CallerState", "CallerZip", "Caller"],
  ...["Confidence", "Digits", "Direction", "Duration", "ErrorCode", "FinishedOnKey", "ForwardedFrom"],
  ...["FromCity", "FromCountry", "FromState", "FromZip", "ParentCallSid", "QueueSid"],
  ...["RecordingChannels", "RecordingDuration", "RecordingSid", "RecordingSource", "RecordingStartTime"],
  ...["RecordingStatus", "RecordingTrack", "RecordingUrl", "SequenceNumber"],
  ...["SipCallId", "SipDomain", "SipHeader_", "SipResponseCode", "SipSourceIp", "SipUsername"],
  ...["SpeechResult", "StirPassportToken", "StirVerstat", "Timestamp"],
  ...["ToCity", "ToCountry", "ToState", "ToZip"],
];

function isSeconds(text: string): boolean {
  return /^\d{1,9}$/.test(text);
}

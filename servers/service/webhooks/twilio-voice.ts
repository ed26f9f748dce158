import { type HttpAnswer, type HttpRequest, jsonAnswer } from "../http-answer.ts";
import type { NewEvent } from "../switchboard.ts";
import {
  type HookContext,
  type HookRoute,
  headerOf,
  mediaTypeOf,
  notConfigured,
  type Outcome,
  refuse,
  refuseBody,
} from "./dialect.ts";
import { isTwilioSignature, type TwilioParameters } from "./twilio.ts";
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
type Meaning = (of: Parameters) => { readonly event?: NewEvent; readonly answer: HttpAnswer } | string;

const ringing: Meaning = (of) => ({
  event: {
    type: "call.ringing",
    data: { ...call(of), direction: of.get("Direction") },
    key: `twilio:${of.get("CallSid")}:ringing`,
  },
  answer: twimlAnswer(
    say("This is the evented web. Speak after the tone, and watch the browser."),
    record({ action: "/twilio/recording", statusCallback: "/twilio/recording-status", maxLengthSeconds: 10 }),
  ),
});

const recorded: Meaning = (of) => {
  const recordingSid = /\/(RE[0-9a-f]{32})$/.exec(of.get("RecordingUrl") ?? "")?.[1];
  if (recordingSid === undefined)
    return "expected RecordingUrl to end in a recording's id, /RE and 32 digits";
  return {
    event: {
      type: "call.recorded",
      data: {
        ...call(of),
        recordingSid,
        url: `/recordings/${recordingSid}.wav`,
        durationSeconds: Number(of.get("RecordingDuration")),
        digits: of.get("Digits"),
      },
      key: `twilio:${recordingSid}:recorded`,
    },
    answer: twimlAnswer(say("Thank you. It plays now."), hangUp()),
  };
};

/** Says that a recording can be fetched, which we learn of by fetching it. */
const recordingStatus: Meaning = () => ({ answer: jsonAnswer(200, {}) });

const status: Meaning = (of) => {
  const duration = of.get("CallDuration");
  return {
    event: {
      type: "call.status",
      data: { ...call(of), ...(duration === null ? {} : { durationSeconds: Number(duration) }) },
      key: `twilio:${of.get("CallSid")}:${of.get("CallStatus")}:${of.get("SequenceNumber")}`,
    },
    answer: jsonAnswer(200, {}),
  };
};

function call(of: Parameters) {
  return { callSid: of.get("CallSid"), from: of.get("From"), to: of.get("To"), status: of.get("CallStatus") };
}

function receive(meaning: Meaning, request: HttpRequest, { options }: HookContext): Outcome {
  const { twilioAuthToken, publicUrl } = options;
  if (twilioAuthToken === "") return notConfigured("TWILIO_AUTH_TOKEN");
  const refusal = refuseBody(request);
  if (refusal) return refusal;
  const isPost = request.method === "POST";
  if (isPost && mediaTypeOf(request) !== "application/x-www-form-urlencoded") {
    return refuse(
      415,
      `expected Content-Type: application/x-www-form-urlencoded, got ${mediaTypeOf(request) || "none"}`,
    );
  }
  const signature = headerOf(request, "x-twilio-signature");
  if (signature === undefined)
    return refuse(400, "expected the header X-Twilio-Signature, got a request without");
  const url = `${publicUrl || `http://${headerOf(request, "host")}`}${request.target}`;
  const form = new URLSearchParams(isPost ? Buffer.from(request.body).toString() : "");
  if (!isTwilioSignature(signature, twilioAuthToken, url, parametersOf(form))) {
    return refuse(403, `expected X-Twilio-Signature to be that of this request to ${url}, got another`);
  }
  const meant = meaning(isPost ? form : new URL(url).searchParams);
  if (typeof meant === "string") return refuse(400, meant);
  return { events: meant.event ? [meant.event] : [], answer: () => meant.answer };
}

function parametersOf(form: URLSearchParams): TwilioParameters {
  return Object.fromEntries([...new Set(form.keys())].map((name) => [name, form.getAll(name)]));
}

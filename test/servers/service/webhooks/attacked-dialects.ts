/** Each dialect as an attacker sees it: what is genuine, and what of it can be changed. */
import type { Random } from "../../../../bench/stats/random.ts";
import { structuredType } from "../../../../servers/service/webhooks/cloud-event.ts";
import { signFacebook } from "../../../../servers/service/webhooks/facebook.ts";
import { signGithub } from "../../../../servers/service/webhooks/github.ts";
import { signStandardWebhook } from "../../../../servers/service/webhooks/standard-webhooks.ts";
import { signTwilio, twilioBodyHash } from "../../../../servers/service/webhooks/twilio.ts";
import { signWebSub, webSubCallback, webSubHubSecret } from "../../../../servers/service/webhooks/websub.ts";
import type { Delivery } from "./deliver.ts";
import { nowMs, secrets } from "./deliver.ts";

export type Secrets = typeof secrets;

export type Tampering = (genuine: Delivery, random: Random) => Delivery;

export interface AttackedDialect {
  readonly name: string;
  /** A delivery that differs from all of other numbers, signed with these secrets at `atMs`. */
  sign(number: number, by: Secrets, atMs: number): Delivery;
  /** The parts of a delivery that its signature, or its token, is to protect. */
  readonly tamperings: Readonly<Record<string, Tampering>>;
  /** Whether a genuine delivery says when it was sent, so that an old one can be told from a new one. */
  readonly isTimed: boolean;
}

const form = "application/x-www-form-urlencoded";
const host = "us.example:8080";
const topic = "https://blog.example/feed";

export const attackedDialects: readonly AttackedDialect[] = [
  {
    name: "Standard Webhooks",
    sign: (number, by, atMs) => {
      const id = `msg_${number}`;
      const seconds = Math.floor(atMs / 1_000);
      const body = JSON.stringify({ type: "order.paid", data: { number } });
      const headers = {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": String(seconds),
        "webhook-signature": signStandardWebhook(by.webhookSecret, id, seconds, body),
      };
      return { method: "POST", target: "/hooks/orders", headers, body };
    },
    tamperings: {
      "a bit of the body": flipsBit,
      "the signature": changesHeader("webhook-signature"),
      "the time": changesHeader("webhook-timestamp"),
      "the id": changesHeader("webhook-id"),
    },
    isTimed: true,
  },
  {
    name: "Twilio by POST",
    sign: (number, by) => {
      const target = `/twilio/voice?foo=${number}`;
      const parameters = callOf(number);
      const signature = signTwilio(by.twilioAuthToken, `http://${host}${target}`, parameters);
      const headers = { host, "content-type": form, "x-twilio-signature": signature };
      return { method: "POST", target, headers, body: new URLSearchParams(parameters).toString() };
    },
    tamperings: {
      "a bit of the form": flipsBit,
      "the signature": changesHeader("x-twilio-signature"),
      "the address": changesTarget,
      "the host": changesHost,
      "where a name ends": movesBound,
      "a parameter more": (genuine) => ({ ...genuine, body: `${genuine.body}&Extra=1` }),
    },
    isTimed: false,
  },
  {
    name: "Twilio by GET",
    sign: (number, by) => {
      const target = `/twilio/voice?${new URLSearchParams(callOf(number))}`;
      const headers = {
        host,
        "x-twilio-signature": signTwilio(by.twilioAuthToken, `http://${host}${target}`),
      };
      return { method: "GET", target, headers, body: "" };
    },
    tamperings: {
      "the signature": changesHeader("x-twilio-signature"),
      "the address": changesTarget,
      "the host": changesHost,
      "the method": forgesPost,
    },
    isTimed: false,
  },
  {
    name: "GitHub",
    sign: (number, by) => {
      const body = JSON.stringify({ action: "opened", number });
      const headers = {
        "content-type": "application/json",
        "x-github-event": "pull_request",
        "x-github-delivery": `72d3162e-cc78-11e3-81ab-${String(number).padStart(12, "0")}`,
        "x-hub-signature-256": signGithub(by.githubSecret, body),
      };
      return { method: "POST", target: "/github", headers, body };
    },
    tamperings: {
      "a bit of the body": flipsBit,
      "the signature": changesHeader("x-hub-signature-256"),
    },
    isTimed: false,
  },
  {
    name: "Facebook",
    sign: (number, by, atMs) => {
      const claims = { user_id: String(number), issued_at: Math.floor(atMs / 1_000) };
      const body = `signed_request=${signFacebook(by.facebookSecret, claims)}`;
      return { method: "POST", target: "/facebook/remove", headers: { "content-type": form }, body };
    },
    tamperings: { "a bit of the form": flipsBit, "the signature or the payload": changesText },
    isTimed: true,
  },
  {
    // It signs nothing: what keeps a delivery from being changed on its way is TLS.
    name: "CloudEvents",
    sign: (number, by) => {
      const headers = { authorization: `Bearer ${by.cloudEventsToken}`, "content-type": structuredType };
      const body = JSON.stringify({
        specversion: "1.0",
        id: String(number),
        source: "/us",
        type: "order.paid",
      });
      return { method: "POST", target: "/cloudevents", headers, body };
    },
    tamperings: {
      "the token": changesHeader("authorization"),
      "the token's place": ({ headers, ...genuine }) => ({
        ...genuine,
        target: `/cloudevents?token=${secrets.cloudEventsToken}`,
        headers: { ...headers, authorization: undefined },
      }),
    },
    isTimed: false,
  },
  {
    name: "WebSub",
    sign: (number, by) => {
      const { pathname, search } = new URL(webSubCallback(by.webSubSecret, "https://us.example", topic));
      const body = `<feed>${number}</feed>`;
      const hash = (["sha1", "sha256", "sha384", "sha512"] as const)[number % 4] ?? "sha256";
      const signature = signWebSub(webSubHubSecret(by.webSubSecret, topic), hash, body);
      const headers = { "content-type": "application/atom+xml", "x-hub-signature": signature };
      return { method: "POST", target: pathname + search, headers, body };
    },
    tamperings: {
      "a bit of the body": flipsBit,
      "the signature": changesHeader("x-hub-signature"),
      "the capability or the topic": changesTarget,
    },
    isTimed: false,
  },
];

/** Other secrets of the same form, as whoever forges has to guess them. */
export function guessedSecrets(random: Random): Secrets {
  const guess = String(random()).padEnd(32, "0").slice(2);
  return {
    webhookSecret: `whsec_00${guess}`,
    twilioAuthToken: guess,
    githubSecret: guess,
    facebookSecret: guess,
    cloudEventsToken: guess,
    webSubSecret: guess,
  };
}

/** Half a year before and after are tried, down to the first second outside the window. */
export function timeOutsideWindow(random: Random): number {
  const offsetMs = 300_000 + 1_000 + Math.floor(random() ** 8 * 180 * 86_400_000);
  return random() < 0.5 ? nowMs - offsetMs : nowMs + offsetMs;
}

function callOf(number: number) {
  const hex = number.toString(16).padStart(32, "0");
  return {
    CallSid: `CA${hex}`,
    CallStatus: "ringing",
    From: "+14158675309",
    To: `+1${8_005_550_000 + number}`,
  };
}

function flipsBit(genuine: Delivery, random: Random): Delivery {
  const body = Buffer.from(genuine.body);
  const at = below(body.length, random);
  body[at] = (body[at] ?? 0) ^ (1 << below(8, random));
  // In a form, `%2b` is `%2B`: what is signed is what they stand for.
  return meaningOf(body) === meaningOf(genuine.body) ? flipsBit(genuine, random) : { ...genuine, body };
}

function meaningOf(body: string | Uint8Array): string {
  return new URLSearchParams(body.toString()).toString();
}

/** Its name, not its port: `08080` is `8080`. */
function changesHost(genuine: Delivery, random: Random): Delivery {
  return { ...genuine, headers: { ...genuine.headers, host: `${changed("us", random)}.example:8080` } };
}

/** A POST of another call, whose hash stands in the address behind so many parameters that not all are read. */
function forgesPost(genuine: Delivery, random: Random): Delivery {
  const call = callOf(1_000_000 + below(1_000_000, random));
  const isForm = random() < 0.5;
  const body = isForm ? new URLSearchParams(call).toString() : JSON.stringify(call);
  return {
    method: "POST",
    target: `${genuine.target}${"&".repeat(1_001)}bodySHA256=${twilioBodyHash(Buffer.from(body))}`,
    headers: { ...genuine.headers, "content-type": isForm ? form : "application/json" },
    body,
  };
}

function changesText(genuine: Delivery, random: Random): Delivery {
  const text = genuine.body.toString();
  const start = text.indexOf("=") + 1;
  return { ...genuine, body: text.slice(0, start) + changed(text.slice(start), random) };
}

function changesHeader(name: string): Tampering {
  return (genuine, random) => ({
    ...genuine,
    headers: { ...genuine.headers, [name]: changed(String(genuine.headers[name]), random) },
  });
}

/** Of the path, only what a route leaves open is changed: elsewhere nobody listens. */
function changesTarget(genuine: Delivery, random: Random): Delivery {
  const open = /^\/websub\//.exec(genuine.target)?.[0] ?? "/twilio/voice?";
  return { ...genuine, target: open + changed(genuine.target.slice(open.length), random) };
}

/** The same text to the signature, other parameters to a reader: `CallStatus=ringing` as `CallSta=tusringing`. */
function movesBound(genuine: Delivery, random: Random): Delivery {
  const fields = [...new URLSearchParams(genuine.body.toString())];
  const at = below(fields.length, random);
  const [name = "", value = ""] = fields[at] ?? [];
  const bound = 1 + below(name.length + value.length - 1, random);
  const text = name + value;
  fields[at] = [text.slice(0, bound), text.slice(bound)];
  // Where nothing moved, the next name and its value go into this value.
  if (bound === name.length) fields.splice(at, 2, [name, value + (fields[at + 1] ?? ["x"]).join("")]);
  return { ...genuine, body: new URLSearchParams(fields).toString() };
}

/**
 * One character changed, left out, or put in. A bit is flipped that does not make a small letter of a capital one, for
 * to hosts and schemes they are the same; what cannot stand where it would be becomes a digit.
 */
function changed(text: string, random: Random): string {
  const at = below(text.length, random);
  const flipped = String.fromCharCode(text.charCodeAt(at) ^ (1 << below(5, random)));
  const put = /[\w.-]/.test(flipped) ? flipped : text[at] === "0" ? "1" : "0";
  const middle = [put, "", `${text[at]}${put}`][below(3, random)] ?? "";
  return text.slice(0, at) + middle + text.slice(at + 1);
}

function below(limit: number, random: Random): number {
  return Math.floor(random() * limit);
}

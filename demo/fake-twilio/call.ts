/** One phone call: asks for TwiML, does what it says, tells of what happens. */
import { setTimeout as wait } from "node:timers/promises";
import type { CallOptions, CallResult, Exchange } from "./call-options.ts";
import { CallState, type CallStatus, newSid } from "./call-state.ts";
import { CallWebhooks } from "./call-webhooks.ts";
import { type StepNumber, stepNames } from "./step.ts";
import { parseTwiml, type Twiml } from "./twiml.ts";
import type { Method, Record, Verb } from "./verbs.ts";
import { makeRecording } from "./wav.ts";
import { type Parameters, type WebhookAnswer, WebhookFailed } from "./webhook.ts";

/** What speaking takes. */
const msPerCharacter = 60;
const beepMs = 500;
const toneMs = 500;
/** A file to be played is not fetched. */
const playMs = 3_000;

/** A `loop` of 0 is for ever: the caller hears it this often and hangs up. */
const patience = 3;

/** So that TwiML which leads back to itself comes to an end. */
const maxDocuments = 50;

/** Where the next document is to be had. */
interface Next {
  readonly url: URL;
  readonly method: Method;
  readonly parameters: Parameters;
}

export class Call {
  readonly #exchange: Exchange;
  readonly #options: CallOptions;
  readonly #began = performance.now();
  readonly #steps = new Set<StepNumber>();
  readonly #state: CallState;
  readonly #webhooks: CallWebhooks;
  #recordingSid: string | undefined;
  #hungUp = false;

  constructor(exchange: Exchange, options: CallOptions) {
    this.#exchange = exchange;
    this.#options = options;
    this.#state = new CallState(exchange, options);
    this.#webhooks = new CallWebhooks(exchange, options, (text) => this.#notice(text));
  }

  /** Resolves when the call is over and all is told; rejects when a document could not be had or followed. */
  async run(): Promise<CallResult> {
    const { server, method = "GET" } = this.#options;
    this.#step(1, `${this.#state.from} dials ${this.#state.to}`);
    this.#tellStatus("initiated");
    await this.#webhooks.told();
    this.#tellStatus("ringing");
    let end: CallStatus = "failed";
    try {
      const first = { url: new URL("/twilio/voice", server), method, parameters: {} };
      end = await this.#follow(first);
    } finally {
      this.#tellStatus(end);
      await this.#webhooks.told();
    }
    if (this.#recordingSid === undefined)
      throw new Error("expected a recording, got none: the TwiML asks for none, or the caller said nothing");
    return { callSid: this.#state.callSid, recordingSid: this.#recordingSid };
  }

  /** Gets documents and does what they say until one ends the call: how it ended. */
  async #follow(first: Next): Promise<CallStatus> {
    let next: Next | undefined = first;
    for (let documents = 0; next; documents++) {
      if (documents === maxDocuments)
        throw new Error(`expected TwiML that ends, got ${maxDocuments} documents`);
      const asked: Next = next;
      const twiml = await this.#ask(asked);
      if (this.#hungUp) break;
      const [reject] = twiml.verbs;
      if (reject?.verb === "Reject" && !this.#state.isAnswered) {
        return reject.reason === "busy" ? "busy" : "failed";
      }
      if (!this.#state.isAnswered) {
        this.#state.answer();
        this.#tellStatus("in-progress");
      }
      next = await this.#perform(twiml, asked);
    }
    return "completed";
  }

  /** The TwiML of an address, or of the fallback. */
  async #ask({ url, method, parameters }: Next): Promise<Twiml> {
    const isFirst = !this.#steps.has(2);
    if (isFirst) this.#step(2, `${method} ${url.pathname}, signed`);
    const answer = await this.#send(url, method, parameters).catch((error: unknown) => {
      const { fallbackUrl } = this.#options;
      if (!(error instanceof WebhookFailed) || fallbackUrl === undefined) throw error;
      this.#notice(`${url.pathname}: ${error.message}; the fallback is asked`);
      const why = { ...parameters, ErrorCode: String(error.code), ErrorUrl: url.href };
      return this.#send(new URL(fallbackUrl), "POST", why);
    });
    if (!/^(?:text|application)\/(?:xml|html)\b/.test(answer.contentType)) {
      throw new WebhookFailed(
        12_300,
        `expected Content-Type text/xml from ${url}, got ${answer.contentType || "none"}`,
      );
    }
    const twiml = parseTwiml(answer.body);
    for (const warning of twiml.warnings) this.#notice(warning);
    if (isFirst) this.#step(4, `${answer.status} ${heardOf(twiml)}`);
    return twiml;
  }

  /** Does what a document says; where it goes on, or undefined at the end of the call. */
  async #perform({ verbs }: Twiml, asked: Next): Promise<Next | undefined> {
    for (const verb of verbs) {
      if (verb.verb === "Hangup" || verb.verb === "Reject") return undefined;
      if (verb.verb === "Redirect") {
        return { url: new URL(verb.url, asked.url), method: verb.method, parameters: {} };
      }
      if (verb.verb === "Record") {
        const next = await this.#record(verb, asked);
        if (next) return next; // Nothing after it is reached, unless there was nothing to record.
      } else if (!(await this.#speak(verb))) return undefined;
    }
    return undefined;
  }

  /** Whether the caller is still there. */
  async #speak(verb: Extract<Verb, { verb: "Say" | "Play" | "Pause" }>): Promise<boolean> {
    if (verb.verb === "Pause") await this.#take(verb.seconds * 1_000);
    else {
      const once =
        verb.verb === "Say"
          ? verb.text.length * msPerCharacter
          : verb.digits === ""
            ? playMs
            : verb.digits.length * toneMs;
      if (verb.verb === "Say") this.#step(5, `“${verb.text}”`);
      await this.#take(once * (verb.loop || patience));
      this.#hungUp = verb.loop === 0;
    }
    return !this.#hungUp;
  }

  async #record(verb: Record, asked: Next): Promise<Next | undefined> {
    const { speaksSeconds = 4, ending = "#" } = this.#options;
    if (verb.playBeep) await this.#take(beepMs);
    const seconds = Math.min(speaksSeconds, verb.maxLength);
    const sid = newSid("RE");
    const tell = (event: Record["recordingStatusCallbackEvent"][number], parameters: Parameters) => {
      if (verb.recordingStatusCallback === "" || !verb.recordingStatusCallbackEvent.includes(event)) return;
      const url = new URL(verb.recordingStatusCallback, asked.url);
      this.#webhooks.tell(
        url,
        verb.recordingStatusCallbackMethod,
        this.#state.recordingParameters(sid, event, parameters),
      );
    };
    if (seconds <= 0) {
      await this.#take(verb.timeout * 1_000);
      tell("absent", {});
      return undefined;
    }
    this.#step(6, `the caller speaks for ${seconds} s`);
    const startTime = new Date().toUTCString();
    tell("in-progress", { RecordingStartTime: startTime });
    const spoken = this.#take(seconds * 1_000);
    this.#exchange.recordings.keep(sid, makeRecording(this.#state.callSid, seconds));
    await spoken;
    // A key that ends no recording is not heard: then it is the silence after it, or the greatest length.
    const byKey = ending === "#" && verb.finishOnKey.includes("#");
    if (ending !== "hangup" && !byKey && seconds < verb.maxLength) await this.#take(verb.timeout * 1_000);
    this.#recordingSid ??= sid;
    if (ending === "hangup") {
      this.#hungUp = true;
      this.#state.status = "completed";
    }
    const parameters = {
      RecordingSid: sid,
      RecordingUrl: this.#state.recordingUrl(sid),
      RecordingDuration: String(Math.max(1, Math.round(seconds))),
      Digits: ending === "hangup" ? "hangup" : byKey ? "#" : "",
    };
    tell("completed", { RecordingStartTime: startTime, RecordingDuration: parameters.RecordingDuration });
    const url = new URL(verb.action || asked.url.href, asked.url);
    this.#step(7, `${verb.method} ${url.pathname}, signed`);
    return { url, method: verb.method, parameters };
  }

  #tellStatus(status: CallStatus): void {
    this.#state.status = status;
    const url = new URL("/twilio/status", this.#options.server);
    this.#webhooks.tell(url, "POST", this.#state.statusParameters());
  }

  #send(url: URL, method: Method, more: Parameters): Promise<WebhookAnswer> {
    return this.#webhooks.send(url, method, { ...this.#state.parameters(), ...more });
  }

  /** Lets time pass. */
  async #take(ms: number): Promise<void> {
    this.#state.passes(ms);
    await wait(ms * this.#exchange.pace, undefined, { signal: this.#exchange.signal });
  }

  /** Each step once: the document that ends a call says something too. */
  #step(number: StepNumber, detail: string): void {
    if (this.#steps.has(number)) return;
    this.#steps.add(number);
    const atMs = performance.now() - this.#began;
    this.#options.onStep?.({ number, name: stepNames[number], atMs, detail, callSid: this.#state.callSid });
  }

  #notice(text: string): void {
    this.#options.onNotice?.(text);
  }
}

/** The verbs, up to the one that ends the document for a caller who speaks. */
function heardOf({ verbs }: Twiml): string {
  const names = verbs.map(({ verb }) => verb);
  return names.slice(0, names.indexOf("Record") + 1 || names.length).join(" + ");
}

/** TwiML as the telephone company reads it: the verbs of a document in their order, with every default in place. */
import { SaxesParser } from "saxes";
import { Attributes, type Values, type Warn } from "./attributes.ts";
import { type Record, recordingEvents, type Say, type Verb } from "./verbs.ts";

export interface Twiml {
  readonly verbs: readonly Verb[];
  /** What Twilio's debugger would warn of, as 12200 "Schema validation warning": it was passed over. */
  readonly warnings: readonly string[];
}

/** A document that cannot be followed at all: Twilio's error 12100, "Document parse failure". */
export class TwimlError extends Error {
  override name = "TwimlError";
}

/** Longest text of a Say, in characters. */
export const maxSayLength = 4_096;

/** Largest document taken. */
export const maxTwimlBytes = 64 * 1024;

/** The verbs of a document. What is not TwiML is passed over with a warning; what is not XML is an error. */
export function parseTwiml(xml: string): Twiml {
  const { root, verbs, name } = readElements(xml);
  if (!root)
    throw new TwimlError(`expected a TwiML document, <Response>..., got ${JSON.stringify(xml.slice(0, 40))}`);
  if (name !== "Response") throw new TwimlError(`expected <Response> as the root of TwiML, got <${name}>`);
  const warnings: string[] = [];
  const warn = (text: string) => warnings.push(`12200 schema validation warning: ${text}`);
  return { verbs: verbs.flatMap((element) => verbOf(element, warn) ?? []), warnings };
}

interface Element {
  readonly name: string;
  readonly attributes: Values;
  text: string;
}

function readElements(xml: string): { root: boolean; name: string; verbs: readonly Element[] } {
  const verbs: Element[] = [];
  let name = "";
  let depth = 0;
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw new TwimlError(`expected well-formed XML, got: ${error.message}`);
  });
  parser.on("opentag", (tag) => {
    depth++;
    if (depth === 1) name = tag.name;
    if (depth === 2) verbs.push({ name: tag.name, attributes: tag.attributes, text: "" });
  });
  // The text of elements within a verb is its own: <Say> may hold marks of how to speak.
  const onText = (text: string) => {
    const verb = verbs.at(-1);
    if (depth >= 2 && verb) verb.text += text;
  };
  parser.on("text", onText);
  parser.on("cdata", onText);
  parser.on("closetag", () => {
    depth--;
  });
  parser.write(xml).close();
  return { root: name !== "", name, verbs };
}

function verbOf(element: Element, warn: Warn): Verb | undefined {
  const read = new Attributes(element.name, element.attributes, warn);
  const verb = readVerb(element, read, warn);
  if (verb) read.warnOfOthers();
  return verb;
}

function readVerb({ name, text }: Element, read: Attributes, warn: Warn): Verb | undefined {
  switch (name) {
    case "Say":
      return readSay(text.trim(), read, warn);
    case "Play":
      return { verb: "Play", url: text.trim(), loop: read.whole("loop", 1), digits: read.text("digits", "") };
    case "Pause":
      return { verb: "Pause", seconds: read.whole("length", 1) };
    case "Record":
      return readRecord(read);
    case "Redirect":
      return { verb: "Redirect", url: text.trim(), method: read.method("method") };
    case "Reject":
      return { verb: "Reject", reason: read.oneOf("reason", ["rejected", "busy"]) };
    case "Hangup":
      return { verb: "Hangup" };
    default:
      warn(`expected a verb of a call, got <${name}>; it is passed over`);
      return undefined;
  }
}

function readSay(text: string, read: Attributes, warn: Warn): Say | undefined {
  const say: Say = {
    verb: "Say",
    text,
    voice: read.matching("voice", "man", /^(?:man|woman|alice|(?:Polly|Google|[\w]+)\.[\w.-]+)$/),
    language: read.matching("language", "en", /^[a-z]{2,3}(?:-[a-z0-9]{2,4})*$/i),
    loop: read.whole("loop", 1),
  };
  if (text.length > 0 && text.length <= maxSayLength) return say;
  warn(`expected <Say> with 1 to ${maxSayLength} characters, got ${text.length}; it is passed over`);
  return undefined;
}

function readRecord(read: Attributes): Record {
  return {
    verb: "Record",
    action: read.text("action", ""),
    method: read.method("method"),
    timeout: read.whole("timeout", 5),
    finishOnKey: read.matching("finishOnKey", "1234567890*#", /^[0-9*#]*$/),
    maxLength: read.whole("maxLength", 3_600, { least: 1, most: 14_400 }),
    playBeep: read.boolean("playBeep", true),
    trim: read.oneOf("trim", ["trim-silence", "do-not-trim"]),
    recordingStatusCallback: read.text("recordingStatusCallback", ""),
    recordingStatusCallbackMethod: read.method("recordingStatusCallbackMethod"),
    recordingStatusCallbackEvent: read.severalOf(
      "recordingStatusCallbackEvent",
      recordingEvents,
      "completed",
    ),
    transcribe: read.boolean("transcribe", false),
    transcribeCallback: read.text("transcribeCallback", ""),
  };
}

import { SaxesParser } from "saxes";
import VoiceResponse from "twilio/lib/twiml/VoiceResponse.js";
import { describe, expect, it } from "vitest";
import { hangUp, record, say, twimlAnswer } from "../../../../servers/service/webhooks/twiml.ts";

/** What a document says, element by element; throws if it is not well-formed. */
function read(xml: string): unknown[] {
  const found: unknown[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => found.push([name, { ...attributes }]));
  parser.on("text", (text) => text.trim() && found.push(text));
  parser.on("closetag", ({ name }) => found.push(`/${name}`));
  parser.write(xml).close();
  return found;
}

function ours(text: string): string {
  const options = { action: text, statusCallback: text, maxLengthSeconds: 10 };
  return twimlAnswer(say(text), record(options), hangUp()).body.toString();
}

function theirs(text: string): string {
  const response = new VoiceResponse();
  response.say({ voice: "woman" }, text);
  const options = { action: text, method: "POST", maxLength: 10, playBeep: true } as const;
  response.record({ ...options, recordingStatusCallback: text });
  response.hangup();
  return response.toString();
}

const hostile = [
  "</Say><Dial>+1900</Dial><Say>",
  `" action='http://evil.example/' x="`,
  "<![CDATA[ ]]> & &amp; &lt; &#60; <!-- -->",
  "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
  "é 🎷 \u2028 x",
];

describe("TwiML", () => {
  it.each(hostile)("says %j as Twilio's own library does", (text) => {
    expect(read(ours(text))).toEqual(read(theirs(text)));
    expect(read(ours(text))).toContain(text);
  });

  it("keeps line breaks and tabs, in attributes too", () => {
    const text = "a\r\nb\tc\nd\re";
    const [, , said, , recorded] = read(ours(text));
    expect(said).toBe(text);
    expect(recorded).toMatchObject(["Record", { action: text, recordingStatusCallback: text }]);
  });

  it("is well-formed whatever it is to say", () => {
    const edges = [0, 0x80, 0xd800, 0xdc00, 0xe000, 0xfff0];
    const codes = edges.flatMap((edge) => Array.from({ length: 48 }, (_, index) => edge - 16 + index));
    for (const code of codes.filter((each) => each >= 0 && each <= 0xffff)) {
      const text = `a${String.fromCharCode(code)}b`;
      expect(read(ours(text))[2]).toMatch(/^a.b$/s);
    }
  });
});

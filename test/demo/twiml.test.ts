import VoiceResponse from "twilio/lib/twiml/VoiceResponse.js";
import { describe, expect, it } from "vitest";
import { maxSayLength, parseTwiml } from "../../demo/fake-twilio/twiml.ts";
import { hangUp, record, say, twimlAnswer } from "../../servers/service/webhooks/twiml.ts";

/** TwiML as Twilio's own library writes it. */
function made(write: (response: VoiceResponse) => void): string {
  const response = new VoiceResponse();
  write(response);
  return response.toString();
}

const recordDefaults = {
  verb: "Record",
  action: "",
  method: "POST",
  timeout: 5,
  finishOnKey: "1234567890*#",
  maxLength: 3_600,
  playBeep: true,
  trim: "trim-silence",
  recordingStatusCallback: "",
  recordingStatusCallbackMethod: "POST",
  recordingStatusCallbackEvent: ["completed"],
  transcribe: false,
  transcribeCallback: "",
};

describe("TwiML of Twilio's own library", () => {
  it("is read verb by verb, every default in place", () => {
    const xml = made((response) => {
      response.say("Fish & <chips>");
      response.play({}, "https://example.com/a.mp3");
      response.pause();
      response.record();
      response.redirect("/next");
      response.reject();
      response.hangup();
    });
    expect(parseTwiml(xml)).toEqual({
      verbs: [
        { verb: "Say", text: "Fish & <chips>", voice: "man", language: "en", loop: 1 },
        { verb: "Play", url: "https://example.com/a.mp3", loop: 1, digits: "" },
        { verb: "Pause", seconds: 1 },
        recordDefaults,
        { verb: "Redirect", url: "/next", method: "POST" },
        { verb: "Reject", reason: "rejected" },
        { verb: "Hangup" },
      ],
      warnings: [],
    });
  });

  it("is read with every attribute of Say and Record", () => {
    const attributes = {
      action: "/after?a=1&b=2",
      method: "GET",
      timeout: 3,
      finishOnKey: "#",
      maxLength: 10,
      playBeep: false,
      trim: "do-not-trim",
      recordingStatusCallback: "/told",
      recordingStatusCallbackMethod: "GET",
      recordingStatusCallbackEvent: ["in-progress", "completed"],
      transcribe: true,
      transcribeCallback: "/text",
    } as const;
    const xml = made((response) => {
      response.say({ voice: "Polly.Joanna-Neural", language: "en-GB", loop: 0 }, "Hello");
      response.record({ ...attributes, recordingStatusCallbackEvent: ["in-progress", "completed"] });
    });
    expect(parseTwiml(xml)).toEqual({
      verbs: [
        { verb: "Say", text: "Hello", voice: "Polly.Joanna-Neural", language: "en-GB", loop: 0 },
        { verb: "Record", ...attributes },
      ],
      warnings: [],
    });
  });

  it("is read with the marks of how to speak as text alone", () => {
    const xml = made((response) => {
      const say = response.say("Wait");
      say.break({ time: "1s" });
      say.emphasis({ level: "strong" }, " here");
    });
    expect(parseTwiml(xml).verbs).toMatchObject([{ text: "Wait here" }]);
  });

  it("is passed over, with a warning, where a call has no such verb or the value cannot be", () => {
    const xml = made((response) => {
      response.gather({ numDigits: 1 });
      response.say("x".repeat(maxSayLength + 1));
      response.record({ maxLength: 0, finishOnKey: "A", action: "/a" });
    });
    const { verbs, warnings } = parseTwiml(xml);
    expect(verbs).toEqual([{ ...recordDefaults, action: "/a" }]);
    expect(warnings).toEqual([
      expect.stringMatching(/^12200 .*got <Gather>/),
      expect.stringMatching(/^12200 .*1 to 4096 characters, got 4097/),
      expect.stringMatching(/^12200 .*finishOnKey of <Record>.*got "A"/),
      expect.stringMatching(/^12200 .*maxLength of <Record>.*got "0"/),
    ]);
  });
});

it("the service's own TwiML is read without a warning", () => {
  const recording = record({ action: "/a", statusCallback: "/b", maxLengthSeconds: 10 });
  const { verbs, warnings } = parseTwiml(twimlAnswer(say("Speak."), recording, hangUp()).body.toString());
  expect(verbs.map(({ verb }) => verb)).toEqual(["Say", "Record", "Hangup"]);
  expect(warnings).toEqual([]);
});

it.each([
  ["nothing", "", "expected"],
  ["text that is no XML", "Hello", "expected well-formed XML"],
  ["an unclosed verb", "<Response><Say>Hello</Response>", "expected well-formed XML"],
  ["another root", "<response/>", "got <response>"],
])("%s is refused", (_name, xml, message) => {
  expect(() => parseTwiml(xml)).toThrow(message);
});

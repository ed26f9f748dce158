/** Answers to Twilio in its markup language, TwiML: what is to happen on the phone. */
import type { HttpAnswer } from "../http-answer.ts";

export interface RecordOptions {
  /** Where the recording is told of, and what comes next asked for. */
  readonly action: string;
  /** Called once the recording can be fetched. */
  readonly statusCallback: string;
  readonly maxLengthSeconds: number;
}

export function say(text: string): string {
  return `<Say voice="woman">${escapeXml(text)}</Say>`;
}

/** What follows it in an answer happens only if nothing was recorded. */
export function record({ action, statusCallback, maxLengthSeconds }: RecordOptions): string {
  return (
    `<Record action="${escapeXml(action)}" method="POST" maxLength="${maxLengthSeconds}" playBeep="true" ` +
    `recordingStatusCallback="${escapeXml(statusCallback)}"/>`
  );
}

export function hangUp(): string {
  return "<Hangup/>";
}

export function twimlAnswer(...verbs: readonly string[]): HttpAnswer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Response>${verbs.join("")}</Response>`;
  return {
    status: 200,
    headers: { "Content-Type": "text/xml", "Cache-Control": "no-store" },
    body: Buffer.from(body),
  };
}

/**
 * For text and for values of attributes in double quotes. A character that no XML document may hold becomes U+FFFD.
 * Source: XML 1.0, sections 2.2, 2.11 and 3.3.3.
 */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replace(/[&<>"'\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

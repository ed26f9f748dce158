/** A number at Twilio in place of the stand-in: what has to be given, and what has to be entered there. */
import { CannotRun } from "../cli/command.ts";
import type { Account } from "./fake-twilio/server.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** `https://host`, as Twilio is to reach the server. */
export function parsePublicUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "https:" && url.pathname === "/" && url.search === "") return url.origin;
  const next =
    "give what the tunnel prints, such as --public-url https://example.ngrok.app; demo/README.md says more";
  throw new CannotRun({ expected: "--public-url https://host, without a path", got: `"${text}"`, next });
}

/** The account whose number is called, from the environment. */
export function accountFrom({ TWILIO_ACCOUNT_SID = "", TWILIO_AUTH_TOKEN = "" }: Environment): Account {
  const missing = [
    ...(/^AC[0-9a-f]{32}$/.test(TWILIO_ACCOUNT_SID) ? [] : ["TWILIO_ACCOUNT_SID (AC and 32 digits)"]),
    ...(TWILIO_AUTH_TOKEN === "" ? ["TWILIO_AUTH_TOKEN"] : []),
  ];
  if (missing.length > 0) {
    const expected = "the account in the environment, as --public-url asks for a real number";
    const got = `none, or no valid ${missing.join(" and ")}`;
    const next = "copy them from the first page of Twilio's console into the environment, then start again";
    throw new CannotRun({ expected, got, next });
  }
  return { accountSid: TWILIO_ACCOUNT_SID, authToken: TWILIO_AUTH_TOKEN };
}

/** What to enter in Twilio's console. */
export function consoleSettings(publicUrl: string): string[] {
  return [
    "In Twilio's console, under Phone Numbers, Active numbers, your number,",
    "Voice Configuration:",
    "",
    "  Configure with         Webhook",
    `  A call comes in        ${publicUrl}/twilio/voice`,
    "                         HTTP GET",
    `  Call status changes    ${publicUrl}/twilio/status`,
    "                         HTTP POST",
    "",
    "Save it there, then call the number.",
  ];
}

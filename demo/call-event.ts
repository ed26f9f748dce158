import type { Event } from "../servers/contract.ts";

/** What the demo looks for among the events of a call. */
export type CallEvent =
  | { readonly type: "call.ringing"; readonly callSid: string; readonly from: string }
  | { readonly type: "call.recorded"; readonly callSid: string; readonly from: string; readonly url: string };

export function callEventOf({ type, data }: Event): CallEvent | undefined {
  const callSid = textIn(data, "callSid");
  const from = textIn(data, "from") ?? "an unknown number";
  if (callSid === undefined) return undefined;
  if (type === "call.ringing") return { type, callSid, from };
  const url = textIn(data, "url");
  return type === "call.recorded" && url !== undefined ? { type, callSid, from, url } : undefined;
}

function textIn(data: unknown, name: string): string | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const value: unknown = Object.entries(data).find(([key]) => key === name)?.[1];
  return typeof value === "string" ? value : undefined;
}

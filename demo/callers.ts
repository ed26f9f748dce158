import type { Ending } from "./fake-twilio/fake-twilio.ts";

export interface Caller {
  readonly from: string;
  readonly speaksSeconds: number;
  readonly ending: Ending;
}

/** Who calls, in turn. The numbers are among those set aside for fiction: 555-0100 to 555-0199. */
const callers: readonly [Caller, ...Caller[]] = [
  { from: "+13035550142", speaksSeconds: 4, ending: "#" },
  { from: "+14155550117", speaksSeconds: 3, ending: "hangup" },
  { from: "+12125550188", speaksSeconds: 5, ending: "#" },
  { from: "+16175550163", speaksSeconds: 2.5, ending: "#" },
];

/** The number that is called. */
export const calledNumber = "+17205550199";

export function callerOf(call: number): Caller {
  return callers[call % callers.length] ?? callers[0];
}

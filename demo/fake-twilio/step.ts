/** The nine steps of the demo, as the talk numbers and names them on slides 41 to 48. */
export const stepNames = {
  1: "Call",
  2: "New Call",
  3: "Status",
  4: "Respond",
  5: "Say",
  6: "Record",
  7: "New Recording",
  8: "Recording",
  9: "<audio/>",
} as const;

export type StepNumber = keyof typeof stepNames;

export interface Step {
  readonly number: StepNumber;
  readonly name: string;
  /** Milliseconds since the call began. */
  readonly atMs: number;
  readonly detail: string;
  /** Whose step it is. */
  readonly callSid: string;
}

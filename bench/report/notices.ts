import type { Run } from "../result.ts";
import { uncalibratedText } from "./calibration.ts";
import { progressText } from "./run-text.ts";

/** What stands above all figures of a run, for they cannot be read without it. */
export interface Notice {
  readonly word: string;
  readonly text: string;
}

export function noticesOf(run: Run): Notice[] {
  return [...noticeOf("UNCALIBRATED.", uncalibratedText(run)), ...noticeOf("INCOMPLETE.", progressText(run))];
}

function noticeOf(word: string, text: string | undefined): Notice[] {
  return text === undefined ? [] : [{ word, text }];
}

/** What a document of TwiML can ask for, as far as this telephone company does it. */

export type Method = "GET" | "POST";

export interface Say {
  readonly verb: "Say";
  readonly text: string;
  readonly voice: string;
  readonly language: string;
  /** 0: until someone hangs up. */
  readonly loop: number;
}

export interface Play {
  readonly verb: "Play";
  readonly url: string;
  readonly loop: number;
  /** Tones of keys to play instead of a file. */
  readonly digits: string;
}

export interface Pause {
  readonly verb: "Pause";
  readonly seconds: number;
}

export const recordingEvents = ["in-progress", "completed", "absent"] as const;

export interface Record {
  readonly verb: "Record";
  /** Empty: the address that this document came from, which asks the same again. */
  readonly action: string;
  readonly method: Method;
  /** Seconds of silence that end the recording. */
  readonly timeout: number;
  readonly finishOnKey: string;
  /** In seconds. */
  readonly maxLength: number;
  readonly playBeep: boolean;
  readonly trim: "trim-silence" | "do-not-trim";
  readonly recordingStatusCallback: string;
  readonly recordingStatusCallbackMethod: Method;
  readonly recordingStatusCallbackEvent: readonly (typeof recordingEvents)[number][];
  readonly transcribe: boolean;
  readonly transcribeCallback: string;
}

export interface Redirect {
  readonly verb: "Redirect";
  readonly url: string;
  readonly method: Method;
}

export interface Reject {
  readonly verb: "Reject";
  readonly reason: "rejected" | "busy";
}

export interface Hangup {
  readonly verb: "Hangup";
}

export type Verb = Say | Play | Pause | Record | Redirect | Reject | Hangup;

/**
 * How far the time of a signed webhook may be from ours, either way: whoever keeps a copy can send it again for so
 * long, and no longer. Source: the libraries of Standard Webhooks, which all agree on it.
 */
export const replayWindowSeconds = 5 * 60;

/** Whether a webhook of this Unix time may be taken now. */
export function isInReplayWindow(seconds: number, nowMs: number): boolean {
  return Math.abs(nowMs / 1_000 - seconds) <= replayWindowSeconds;
}

import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { formatSeconds, type NamedWork, Progress } from "../../../bench/run/progress.ts";

const work: NamedWork[] = ["one", "two"].map((title) => ({
  title,
  kind: title,
  trafficMs: 2_000,
  overheadMs: 500,
}));

/** Everything that a progress of `work` writes. */
function written(isTTY: boolean, done: number, tell: (progress: Progress) => void): string {
  let text = "";
  const out = new Writable({
    write: (chunk, _encoding, next) => {
      text += chunk;
      next();
    },
  });
  const screen = Object.assign(out, { isTTY, columns: 40 });
  tell(new Progress(work, done, screen as unknown as NodeJS.WriteStream));
  return text;
}

describe("Progress", () => {
  it("is a plain line per piece where there is no terminal, without phases", () => {
    const text = written(false, 0, (progress) => {
      progress.begin();
      progress.phase("ramp");
      progress.end();
    });
    expect(text).toBe("[1/2] one, about 5 s left\n");
  });

  it("rewrites one line on a terminal, with the phase and within its width", () => {
    const text = written(true, 0, (progress) => {
      progress.begin();
      progress.phase("a phase of a long, long name");
    });
    const lines = text.split("\r\u001b[2K");
    expect(lines[1]).toBe("[1/2] one, about 5 s left");
    expect(lines[2]).toBe("[1/2] one, about 5 s left: a phase of a");
  });

  it("counts on from what is done already", () => {
    expect(written(false, 1, (progress) => progress.begin())).toBe("[2/2] two, about 3 s left\n");
  });

  it("counts the time of what comes before the first piece, but not as a piece", () => {
    const text = written(false, 0, (progress) => {
      progress.prepare({ title: "calibrating", kind: "", trafficMs: 3_000, overheadMs: 0 });
      progress.begin();
    });
    expect(text).toBe("calibrating, about 8 s left\n[1/2] one, about 5 s left\n");
  });

  it("tells seconds, minutes and hours", () => {
    expect([12, 99, 100, 6_000, 7_500].map(formatSeconds)).toEqual([
      "12 s",
      "99 s",
      "2 min",
      "1 h 40 min",
      "2 h 5 min",
    ]);
  });
});

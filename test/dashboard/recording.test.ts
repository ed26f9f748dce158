import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Player } from "../../servers/dashboard/recording.js";

/** An audio element, as far as it is used, whose loading is in the hands of the test. */
class Audio extends EventTarget {
  readonly HAVE_FUTURE_DATA = 3;
  readyState = 0;
  paused = true;
  preload = "";
  src = "";
  plays = 0;
  loads = 0;
  refuses = false;

  async play() {
    this.plays++;
    if (this.refuses) throw new DOMException("no click yet", "NotAllowedError");
    this.paused = false;
    this.tell("play");
  }

  /** HTML Standard, "media element load algorithm": what was to play is not to any more. */
  load() {
    this.loads++;
    this.paused = true;
  }

  tell(...names: string[]) {
    for (const name of names) this.dispatchEvent(new Event(name));
  }
}

let audio: Audio;
let player: Player;
let troubles: string[];

beforeEach(() => {
  vi.useFakeTimers();
  audio = new Audio();
  troubles = [];
  player = new Player(audio as unknown as HTMLAudioElement, "/recordings/one.wav", {
    onGivenUp: () => troubles.push("given up"),
    onRefused: () => troubles.push("refused"),
  });
});
afterEach(() => {
  vi.useRealTimers();
});

it("fetches nothing until it is told to, and then no more than it takes", () => {
  expect([audio.src, audio.preload]).toEqual(["/recordings/one.wav", "none"]);
  player.prepare();
  expect(audio.preload).toBe("metadata");
  player.play();
  player.prepare();
  expect(audio.preload).toBe("auto");
});

it("plays once what is not there at once, as soon as it is", () => {
  player.play();
  audio.tell("error");
  expect(audio.plays).toBe(0);
  vi.advanceTimersByTime(1_000);
  expect(audio.loads).toBe(1);
  audio.tell("canplay", "playing", "canplay");
  expect(audio.plays).toBe(1);
});

it("plays what someone wanted to play by its controls when it was not there", () => {
  void audio.play();
  audio.tell("error");
  vi.advanceTimersByTime(1_000);
  audio.tell("canplay");
  expect(audio.plays).toBe(2);
});

it("does not play what was only loaded", () => {
  player.prepare();
  audio.tell("error");
  vi.advanceTimersByTime(1_000);
  audio.tell("canplay");
  expect(audio.plays).toBe(0);
});

it("says that the browser does not play it", async () => {
  audio.refuses = true;
  audio.readyState = audio.HAVE_FUTURE_DATA;
  player.play();
  await Promise.resolve();
  await Promise.resolve();
  expect(troubles).toEqual(["refused"]);
});

it("gives up after six tries, and says so", () => {
  for (let tried = 0; tried < 6; tried++) {
    audio.tell("error");
    vi.advanceTimersByTime(5_000);
  }
  expect(audio.loads).toBe(5);
  expect(troubles).toEqual(["given up"]);
});

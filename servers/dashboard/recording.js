import { backoffMs } from "./connect/connection.js";

/** How often it is tried to load a recording: it is told of a little before it can be fetched. */
const tries = 6;

/**
 * What a player says when it does not play.
 *
 * @typedef {object} Trouble
 * @property {() => void} onGivenUp the recording could not be loaded, however often it was tried
 * @property {() => void} onRefused the browser does not play by itself
 */

/**
 * Plays a recording. When it cannot be loaded it tries again by itself for a while, and plays then, if it was to.
 * Nothing is fetched before it is asked for.
 */
export class Player {
  #audio;
  #trouble;
  #failures = 0;
  /** It is to play as soon as it can. */
  #isWanted = false;

  /** @param {HTMLAudioElement} audio @param {string} url @param {Trouble} trouble */
  constructor(audio, url, trouble) {
    this.#audio = audio;
    this.#trouble = trouble;
    audio.preload = "none";
    // By its controls, too.
    audio.addEventListener("play", () => {
      this.#isWanted = true;
    });
    for (const done of ["playing", "pause"]) {
      audio.addEventListener(done, () => {
        this.#isWanted = false;
      });
    }
    audio.addEventListener("canplay", () => {
      if (this.#isWanted && audio.paused) this.#start();
    });
    audio.addEventListener("loadedmetadata", () => {
      this.#failures = 0;
    });
    audio.addEventListener("error", () => this.#failed());
    audio.src = url;
  }

  /** Fetches as much as it takes to know how long it is. */
  prepare() {
    if (this.#audio.preload === "none") this.#audio.preload = "metadata";
  }

  /** Plays, once it has been loaded. */
  play() {
    this.#isWanted = true;
    this.#audio.preload = "auto";
    if (this.#audio.readyState >= this.#audio.HAVE_FUTURE_DATA) this.#start();
  }

  /** Tries again what was given up. */
  again() {
    this.#audio.preload = "auto";
    this.#audio.load();
  }

  #start() {
    this.#isWanted = false;
    this.#audio.play().catch(() => this.#trouble.onRefused());
  }

  #failed() {
    this.#failures++;
    if (this.#failures >= tries) return this.#trouble.onGivenUp();
    setTimeout(() => this.again(), backoffMs(this.#failures, Math.random));
  }
}

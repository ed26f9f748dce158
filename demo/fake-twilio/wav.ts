/** What a caller says, made on the spot: a WAV file with a hummed tune that is that call's own. */
import { createHash } from "node:crypto";

/** As on the telephone: samples of 16 bits, one channel. */
export const sampleRate = 8_000;
const bytesPerSample = 2;
const headerBytes = 44;

const beep = { hertz: 1_000, seconds: 0.35, level: 0.35 } as const;
const pauseSeconds = 0.15;

/** Semitones above A2 of a pentatonic scale, in which any order of notes sounds well. */
const scale = [0, 2, 4, 7, 9, 12, 14] as const;
const lowestHertz = 110;

/** What a telephone lets through. */
const highestHertz = 3_400;

/** First two formants, in hertz, of the vowels a, e, i, o, u as a man speaks them. Source: Peterson and Barney, 1952. */
const vowels = [
  [730, 1_090],
  [530, 1_840],
  [270, 2_290],
  [570, 840],
  [300, 870],
] as const;

/** A tone to begin with, then a voice that hums; the same for the same `seed`, `seconds` long. */
export function makeRecording(seed: string, seconds: number): Buffer {
  const samples = Math.round(seconds * sampleRate);
  const wav = Buffer.alloc(headerBytes + samples * bytesPerSample);
  writeHeader(wav, samples * bytesPerSample);
  const voice = new Voice(createHash("sha256").update(seed).digest());
  const begin = beep.seconds + pauseSeconds;
  for (let sample = 0; sample < samples; sample++) {
    const at = sample / sampleRate;
    const level = at < beep.seconds ? beepAt(at) : at < begin ? 0 : voice.at(at - begin, seconds - at);
    wav.writeInt16LE(Math.round(level * 0x7fff), headerBytes + sample * bytesPerSample);
  }
  return wav;
}

/** The header of a RIFF file with one chunk of PCM. Source: Microsoft and IBM, "Multimedia Programming Interface", 1991. */
function writeHeader(wav: Buffer, dataBytes: number): void {
  wav.write("RIFF", 0, "ascii");
  wav.writeUInt32LE(headerBytes - 8 + dataBytes, 4);
  wav.write("WAVEfmt ", 8, "ascii");
  wav.writeUInt32LE(16, 16); // bytes of the format that follow
  wav.writeUInt16LE(1, 20); // PCM
  wav.writeUInt16LE(1, 22); // channels
  wav.writeUInt32LE(sampleRate, 24);
  wav.writeUInt32LE(sampleRate * bytesPerSample, 28);
  wav.writeUInt16LE(bytesPerSample, 32);
  wav.writeUInt16LE(bytesPerSample * 8, 34);
  wav.write("data", 36, "ascii");
  wav.writeUInt32LE(dataBytes, 40);
}

function beepAt(at: number): number {
  return beep.level * fade(at, beep.seconds - at, 0.01) * Math.sin(2 * Math.PI * beep.hertz * at);
}

/** Rises from silence and falls back to it, so that nothing clicks. */
function fade(sinceBegin: number, untilEnd: number, seconds: number): number {
  const share = Math.max(0, Math.min(1, sinceBegin / seconds, untilEnd / seconds));
  return share * share * (3 - 2 * share);
}

/** A vowel on a note: its pitch, and how loud each of its overtones is. */
interface Syllable {
  readonly hertz: number;
  readonly weights: readonly number[];
}

/** Syllables, as the bytes of `choices` have it. */
class Voice {
  readonly #syllables: readonly Syllable[];
  readonly #syllableSeconds: number;
  #phase = 0;

  constructor(choices: Buffer) {
    const [pace = 0, ...others] = choices;
    this.#syllableSeconds = 0.22 + (pace / 255) * 0.12;
    this.#syllables = others.map(syllableOf);
  }

  /** To be asked for each sample in turn: the phase goes on from one note to the next. */
  at(since: number, untilEnd: number): number {
    const number = Math.floor(since / this.#syllableSeconds);
    const within = since - number * this.#syllableSeconds;
    const { hertz, weights } = this.#syllables[number % this.#syllables.length] ?? syllableOf(0);
    const vibrato = 1 + 0.012 * Math.sin(2 * Math.PI * 5.5 * since);
    this.#phase += (2 * Math.PI * hertz * vibrato) / sampleRate;
    let sum = 0;
    for (let overtone = 0; overtone < weights.length; overtone++) {
      sum += (weights[overtone] ?? 0) * Math.sin((overtone + 1) * this.#phase);
    }
    return 0.75 * sum * fade(within, this.#syllableSeconds - within, 0.045) * fade(since, untilEnd, 0.1);
  }
}

function syllableOf(choice: number): Syllable {
  const hertz = lowestHertz * 2 ** ((scale[choice % scale.length] ?? 0) / 12);
  const [first, second] = vowels[(choice >> 4) % vowels.length] ?? vowels[0];
  const weights = Array.from({ length: Math.floor(highestHertz / hertz) }, (_, overtone) => {
    const at = (overtone + 1) * hertz;
    const through = resonance(at, first, 90) + 0.5 * resonance(at, second, 140) + 0.05;
    return through / Math.sqrt(overtone + 1);
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { hertz, weights: weights.map((weight) => weight / sum) };
}

/** How strongly a formant lets a frequency through. */
function resonance(hertz: number, centre: number, width: number): number {
  return 1 / (1 + ((hertz - centre) / width) ** 2);
}

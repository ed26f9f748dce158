/** The tones of a telephone that rings in North America, in Hz. */
const tones = [440, 480];
const ringSeconds = 1.2;
const volume = 0.08;

/** Made when it rings first, at a click: before one, a page may make no sound. @type {AudioContext | undefined} */
let audio;

/** Rings once, as loud as is polite. */
export function ring() {
  audio ??= new AudioContext();
  const gain = audio.createGain();
  const end = audio.currentTime + ringSeconds;
  gain.gain.setValueAtTime(volume, audio.currentTime);
  gain.gain.setValueAtTime(volume, end - 0.1);
  gain.gain.linearRampToValueAtTime(0, end);
  gain.connect(audio.destination);
  for (const frequency of tones) {
    const tone = new OscillatorNode(audio, { frequency });
    tone.connect(gain);
    tone.start();
    tone.stop(end);
  }
}

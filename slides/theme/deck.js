// The deck's settings. Sizes are those of a projector's page, which reveal.js scales to the screen.
Reveal.initialize({
  width: 1280,
  height: 720,
  margin: 0,
  minScale: 0.1,
  maxScale: 4,
  center: false,
  display: "flex",
  hash: true,
  slideNumber: "c/t",
  transition: "none",
  controlsTutorial: false,
  // On a telephone too the slides are turned, not scrolled.
  scrollActivationWidth: null,
  plugins: [RevealNotes],
});

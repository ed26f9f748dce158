/** On paper: nothing that is only there to be worked with, nothing folded, nothing cut. */
export const printStyle = `
@page { margin: 12mm; }
@media print {
  :root {
    color-scheme: light;
    --paper: #ffffff; --ink: #000000; --soft: #444444; --line: #bbbbbb; --band: #ffffff;
    --accent: #000000; --notice: #8a2c0d; --notice-band: #ffffff; --yes: #1a6b3c;
  }
  html { font-size: 9.5pt; }
  .page { display: block; padding: 0; }
  nav, .filter, .skip, .keys, .tells, .ring, summary { display: none; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
  p, ul, ol, figcaption, .arms { max-width: none; }
  .scroll { overflow: visible; border: 0; }
  table { font-size: 7.5pt; }
  .narrow { font-size: 6.5pt; }
  caption > span { position: static; max-width: none; }
  thead th:first-child, tbody th { position: static; }
  th, td { padding: .2rem .3rem; overflow-wrap: break-word; }
  th.figure, .narrow th.figure, tbody th.sentence, .findings .because { min-width: 0; }
  td.figure, .measured, .wanted, .word, tbody th { white-space: normal; }
  .facts th { width: 11rem; }
  .chart svg { min-width: 0; max-height: 225mm; }
  figure > .chart, tr, .then-and-now, .notice, li { break-inside: avoid; }
  h2, h3, h4, caption, thead, .titled { break-after: avoid; }
  tbody tr:first-child { break-before: avoid; }
  main > section { break-before: page; border: 0; margin: 0; padding: 0; }
  main > section:first-child { break-before: auto; margin-top: 1rem; }
  .place { opacity: 1; }
  .place::after, .see a::after { content: attr(href); font-size: 7pt; color: var(--soft); }
  .place { font-size: 0; flex: none; white-space: nowrap; }
  .see a::after { content: " (" attr(href) ")"; }
}
`;

/** What a reader works with: links to places, contents, filter, folding parts, and what a chart tells. */
export const widgetStyle = `
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; padding: .5rem 1rem; background: var(--paper); z-index: 3; }
.skip:focus { left: .5rem; top: .5rem; }
.unseen { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.place { color: var(--soft); text-decoration: none; padding: 0 .25rem; opacity: 0; }
.place:hover, .place:focus-visible, .titled:hover .place, .scroll:hover .place, figure:hover .place { opacity: 1; }
@media (hover: none) { .place { opacity: 1; } }
summary { cursor: pointer; }
figure details { margin-top: .25rem; font-size: .9rem; }
.keys { visibility: hidden; }
figure:focus-within .keys { visibility: visible; }
nav ul { list-style: none; margin: 0; padding: 0; max-width: none; }
nav li { margin: .3rem 0; }
nav li ul { padding-left: 1rem; border-left: 2px solid var(--line); }
nav a { color: inherit; text-decoration-color: var(--line); text-underline-offset: .2em; }
nav a[aria-current] { font-weight: 600; color: var(--accent); }
.filter {
  position: sticky; top: 0; z-index: 2; margin: 1rem -1.25rem; padding: .5rem 1.25rem;
  background: var(--band); border-block: 1px solid var(--line); font-size: .9rem;
}
.filter summary { font-weight: 600; }
.filter .chosen { font-weight: normal; }
.filter[open] { max-height: 75vh; overflow-y: auto; }
.filter p { margin: .5rem 0; color: var(--soft); }
.filter fieldset { border: 0; margin: .25rem 0; padding: 0; }
.filter legend { padding: 0; color: var(--soft); }
.filter label { display: inline-block; margin: .15rem 1rem .15rem 0; white-space: nowrap; }
.filter input { accent-color: var(--accent); margin: 0 .15rem 0 0; }
.filter button {
  font: inherit; margin-top: .5rem; padding: .25rem .75rem; color: var(--ink); background: var(--paper);
  border: 1px solid var(--soft); border-radius: 4px; cursor: pointer;
}
@media (min-width: 75rem) {
  .filter { margin: 2rem 0 1.5rem; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: 6px; }
}
.tells {
  position: absolute; z-index: 3; max-width: min(22rem, 90vw); margin: 0; padding: .5rem .75rem; font-size: .85rem;
  background: var(--ink); color: var(--paper); border-radius: 4px; font-variant-numeric: tabular-nums;
}
.tells dl { display: grid; grid-template-columns: auto 1fr; gap: .1rem .75rem; margin: 0; }
.tells dd { margin: 0; }
.ring { position: absolute; z-index: 2; border: 2px solid var(--accent); border-radius: 4px; pointer-events: none; }
`;

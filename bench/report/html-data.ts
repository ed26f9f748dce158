import { gzipSync } from "node:zlib";
import { type Run, runShape } from "../result.ts";
import { formatFigure } from "./format.ts";
import { heading } from "./html-places.ts";
import { type Html, html } from "./html-template.ts";

/** Where the raw data are when the page has no room for them: beside it. */
export function dataBeside(): Html {
  return dataSection(html`They lie beside this page, as <code>run.json</code>.`);
}

/** The raw data as a part of the page: they go wherever it goes. */
export function dataWithin(run: Run): Html {
  // In the order of the schema, however the run came here.
  const text = JSON.stringify(runShape.parse(run));
  const packed = gzipSync(text, { level: 9 });
  const name = `${run.id}.run.json.gz`;
  return dataSection(
    html`They are part of this page: <a class="data" download="${name}" href="data:application/gzip;base64,${packed.toString("base64")}">${name}</a> (${formatFigure(packed.length, "bytes")}; unpacked ${formatFigure(Buffer.byteLength(text), "bytes")}).`,
  );
}

function dataSection(where: Html): Html {
  return html`<section aria-labelledby="data">
${heading(2, "data", "Raw data")}
<p>Every trial with its figures and histograms. ${where} <code>npm run report</code> makes all of this page of them.</p>
</section>
`;
}

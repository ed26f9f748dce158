import type { Run } from "../result.ts";
import { type Html, html } from "./html-template.ts";

/** Which servers to look at. Only the page's script can do what it offers, and shows it. */
export function serverFilter({ servers }: Run): Html {
  const ioModels = [...new Set(servers.map(({ ioModel }) => ioModel))];
  return html`<details id="filter" class="filter" hidden>
<summary>Servers shown: <span class="chosen">all</span></summary>
<form autocomplete="off">
<p>Tick those to look at: tables hide the others, charts fade them.</p>
${ioModels.map(
  (ioModel) => html`<fieldset>
<legend>${ioModel}</legend>
${servers
  .filter((server) => server.ioModel === ioModel)
  .map(
    ({ name }) => html`<label><input type="checkbox" name="server" value="${name}"> ${name}</label>\n`,
  )}</fieldset>
`,
)}<button type="reset">Show all</button>
<p class="unseen" role="status"></p>
</form>
</details>
`;
}

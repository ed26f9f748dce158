import { placeLink } from "./html-places.ts";
import { type Html, html } from "./html-template.ts";

export interface TableFrame {
  readonly place: string;
  readonly caption: string;
  /** How it is called where it stands among others with the same caption; absent: by its caption. */
  readonly label?: string;
  /** Class of the table, for its style. */
  readonly kind?: string;
  /** Whether its rows are about servers, so that a reader may hide some of them. */
  readonly ofServers?: boolean;
}

/** A table that scrolls by itself where it is wider than the page, with its caption and an address of its own. */
export function tableFrame({ place, caption, label, kind, ofServers }: TableFrame, content: Html): Html {
  const rowsShown = ofServers === true ? html` <span class="rows-shown"></span>` : undefined;
  return html`<div class="scroll" id="${place}" role="group" aria-label="${label ?? caption}" tabindex="0">
<table${kind === undefined ? undefined : html` class="${kind}"`}>
<caption><span>${caption}${rowsShown} ${placeLink(place, "this table")}</span></caption>
${content}</table>
</div>`;
}

/** The titles of the columns; those of figures stand at the right, as the figures do. */
export function tableHead(titles: readonly (string | { readonly figure: string })[]): Html {
  const cells = titles.map((title) =>
    typeof title === "string"
      ? html`<th scope="col">${title}</th>`
      : html`<th scope="col" class="figure">${title.figure}</th>`,
  );
  return html`<thead><tr>${cells}</tr></thead>\n`;
}

/** The start of a row; one that is about a server says so, for whoever looks at some of them alone. */
export function rowStart(server?: string): Html {
  return server === undefined ? html`<tr>` : html`<tr data-server="${server}">`;
}

/** Hides the rows about other servers than these; none: shows all. Each table says how many of its rows are left. */
export function showRowsOf(servers: readonly string[]): void {
  for (const table of document.querySelectorAll("table")) {
    const rows = [...table.querySelectorAll<HTMLTableRowElement>("tr[data-server]")];
    const note = table.querySelector(".rows-shown");
    if (rows.length === 0 || note === null) continue;
    for (const row of rows) row.hidden = servers.length > 0 && !servers.includes(row.dataset.server ?? "");
    const left = rows.filter(({ hidden }) => !hidden).length;
    note.textContent = left === rows.length ? "" : `(${left} of ${rows.length} rows: see the filter)`;
  }
}

/** Unfolds what the address leads to, now and whenever it changes. */
export function unfoldTarget(): void {
  const unfold = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folded = target?.closest<HTMLDetailsElement>("details:not([open])");
    if (target == null || folded == null) return;
    folded.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  unfold();
}

/** Unfolds everything for paper, and folds it again. */
export function unfoldForPrint(main: HTMLElement): void {
  let unfolded: readonly HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    unfolded = [...main.querySelectorAll<HTMLDetailsElement>("details:not([open])")];
    for (const part of unfolded) part.open = true;
  });
  addEventListener("afterprint", () => {
    for (const part of unfolded) part.open = false;
  });
}

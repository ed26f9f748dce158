export const panelsInRow = 4;
export const panelWidth = 151;
export const panelHeight = 96;
export const panelGap = 18;
/** Room for the labels and the title at the left of a row. */
export const labelWidth = 60;

export const lineHeight = 13;
/** Between what stands above a panel and the panel. */
const headGap = 8;
/** For marks above the panel. */
const edgeHeight = 13;
/** For the labels below a panel, and the space to what comes next. */
const footHeight = 30;

/** From panel to panel, when this many lines stand above each. */
export function rowSpacing(lines: number, hasEdge: boolean): number {
  return headHeight(lines, hasEdge) + footHeight;
}

/** Of what stands above a panel. */
export function headHeight(lines: number, hasEdge: boolean): number {
  return lineHeight * lines + headGap + (hasEdge ? edgeHeight : 0);
}

export const panelsInRow = 4;
export const panelWidth = 151;
export const panelHeight = 96;
export const panelGap = 16;
/** Room for the labels and the title at the left of a row. */
export const labelWidth = 68;
/** Between what stands below a panel and what stands above the next. */
export const rowGap = 14;

/** Of the labels and titles of axes. */
export const tickSize = 10;

export const lineHeight = 13;
/** Between what stands above a panel and the panel. */
const headGap = 8;
/** For marks above the panel. */
const edgeHeight = 13;
/** Of what stands above a panel. */
export function headHeight(lines: number, hasEdge: boolean): number {
  return lineHeight * lines + headGap + (hasEdge ? edgeHeight : 0);
}

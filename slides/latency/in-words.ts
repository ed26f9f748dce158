/** So many seconds, in the words that people have for such times. */
export function inWords(seconds: number): string {
  const unit = units.find(({ upTo }) => seconds < upTo) ?? years;
  const value = seconds / unit.seconds;
  const rounded = value < 99.5 ? Number(value.toPrecision(2)) : Math.round(value);
  return `${rounded.toLocaleString("en")} ${unit.name}${rounded === 1 ? "" : "s"}`;
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
/** The Julian year, which astronomers count in. */
const year = 365.25 * day;

const years = { name: "year", seconds: year };
const units = [
  { name: "second", seconds: 1, upTo: minute },
  { name: "minute", seconds: minute, upTo: hour },
  { name: "hour", seconds: hour, upTo: day },
  { name: "day", seconds: day, upTo: year },
];

/** Where an axis of such times has its marks. */
export const landmarks: readonly { readonly seconds: number; readonly text: string }[] = [
  { seconds: 1, text: "1 second" },
  { seconds: minute, text: "1 minute" },
  { seconds: hour, text: "1 hour" },
  { seconds: day, text: "1 day" },
  { seconds: year, text: "1 year" },
];

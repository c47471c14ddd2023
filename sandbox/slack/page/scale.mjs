// Where the gridlines of a chart go, and how its figures are said.

/** Round ticks around the values; bars and areas always start from nothing. */
export function linearScale(values, fromZero) {
  let low = Math.min(...values);
  let high = Math.max(...values);
  const near = low > 0 && low / high < 0.5;
  if (fromZero || near) {
    low = Math.min(0, low);
    high = Math.max(0, high);
  }
  if (low === high) high = low + 1;
  const step = roundStep((high - low) / 4);
  const slightly = low < 0 && -low < step / 2;
  const first = slightly ? 0 : Math.floor(low / step);
  const last = Math.ceil(high / step);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
  return { low: slightly ? -step / 2 : first * step, high: last * step, step, ticks };
}

function roundStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= rough);
  return factor * power;
}

const UNITS = [
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "k"],
];

/** 1,250,000 as "1.25M", with as many places as the step needs. */
export function shortNumber(value, step) {
  const [unit, letter] = UNITS.find(([size]) => Math.abs(value) >= size) ?? [1, ""];
  const whole = (places) => Number.isInteger(Number(((step / unit) * 10 ** places).toFixed(6)));
  const places = value === 0 ? 0 : ([0, 1, 2, 3].find(whole) ?? 4);
  const digits = (Math.abs(value) / unit).toLocaleString("en-US", {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  });
  return value < 0 ? `(${digits}${letter})` : `${digits}${letter}`;
}

/** The whole figure with thousands separated, negatives in parentheses. */
export function said(value) {
  const digits = Math.abs(value).toLocaleString("en-US", { maximumFractionDigits: 6 });
  return value < 0 ? `(${digits})` : digits;
}

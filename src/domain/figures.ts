/** Figures as people read them. */

/** `1,234`. */
export function whole(count: number): string {
  return count.toLocaleString('en-GB');
}

/** One decimal, rounded; `0.0%` when there is nothing to share. Never rounded up to 100. */
export function percent(part: number, rows: number): string {
  if (rows === 0) return '0.0%';
  const thousandths = Math.round((part / rows) * 1000);
  return `${((part < rows ? Math.min(thousandths, 999) : thousandths) / 10).toFixed(1)}%`;
}

/** `1.24`; `0.00` without rows. */
export function perRow(count: number, rows: number): string {
  return (rows === 0 ? 0 : count / rows).toFixed(2);
}

/** `2 h 3 min`, `3 min 4 s`, `4 s`. */
export function duration(seconds: number): string {
  const all = Math.round(seconds);
  const [h, min, s] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  if (h > 0) return `${h} h ${min} min`;
  return min > 0 ? `${min} min ${s} s` : `${s} s`;
}

/** `+1,234`, `−3`, `0`; `decimals` places behind the point. */
export function signed(change: number, decimals = 0): string {
  const places = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const text = Math.abs(change).toLocaleString('en-GB', places);
  if (Number(text.replaceAll(',', '')) === 0) return text;
  return `${change < 0 ? '−' : '+'}${text}`;
}

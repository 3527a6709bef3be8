/** A table as CSV: RFC 4180, in UTF-8 with a mark so that spreadsheets see it. */

/** NaN and null are empty: not known is not 0. Text that a spreadsheet would take for a formula is kept as text. */
export function csvOf(rows: readonly (readonly (string | number | null)[])[]): Blob {
  const lines = rows.map((row) => row.map(cell).join(','));
  return new Blob(['\ufeff', lines.join('\r\n'), '\r\n'], {type: 'text/csv'});
}

function cell(value: string | number | null): string {
  if (value === null || (typeof value === 'number' && Number.isNaN(value))) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

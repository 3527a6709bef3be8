/** Numbers as a person reads them: three significant digits, a unit, thousands apart as the language writes them. */

/** Writes numbers in the manner of one language. */
export class Figures {
  readonly #whole: Intl.NumberFormat;
  readonly #rounded: Intl.NumberFormat;
  readonly #fixed: Intl.NumberFormat;
  readonly #date: Intl.DateTimeFormat;

  /** `language`: a BCP 47 tag. */
  constructor(language: string) {
    this.#whole = new Intl.NumberFormat(language, {maximumFractionDigits: 0});
    this.#rounded = new Intl.NumberFormat(language, {maximumSignificantDigits: 3});
    this.#fixed = new Intl.NumberFormat(language, {minimumFractionDigits: 3, maximumFractionDigits: 3});
    this.#date = new Intl.DateTimeFormat(language, {dateStyle: 'medium', timeStyle: 'short'});
  }

  /** `12,092`. */
  count(value: number): string {
    return this.#whole.format(value);
  }

  /** `8 KiB`, `1.5 MiB`: powers of 1024, as the runtime sizes stacks. */
  bytes(value: number): string {
    return this.#scaled(value, 1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB']);
  }

  /** `13.8 µs`. */
  duration(valueNs: number): string {
    return valueNs < 0 ? `−${this.duration(-valueNs)}` : this.#scaled(valueNs, 1000, ['ns', 'µs', 'ms', 's']);
  }

  /** How many a second: `39,500 /s`. */
  rate(perSecond: number): string {
    return `${this.#rounded.format(perSecond)} /s`;
  }

  /** A moment on the axis to the microsecond: `176.412 ms`. */
  moment(valueNs: number): string {
    return `${this.#fixed.format(valueNs / 1e6)} ms`;
  }

  /** A day and time of the wall clock, here: `Nov 23, 2026, 2:56 PM`. `ms`: since 1970. */
  date(ms: number): string {
    return this.#date.format(ms);
  }

  /** `34.1 %` of a share between 0 and 1. */
  share(value: number): string {
    const percent = value * 100;
    // Three digits would round what is not all to "100 %".
    const shown = percent < 100 ? Math.min(percent, 99.9) : percent;
    return `${this.#rounded.format(shown)} %`;
  }

  #scaled(value: number, step: number, units: readonly string[]): string {
    let at = 0;
    // 999.6 would be written as 1000: it belongs to the next unit.
    while (at < units.length - 1 && value >= (at === 0 ? step : step - 0.5)) {
      value /= step;
      at++;
    }
    return `${value >= 1000 ? this.#whole.format(value) : this.#rounded.format(value)} ${units[at]}`;
  }
}

/** Numbers as a person reads them: three significant digits, a unit, thousands apart as the language writes them. */

const SECOND_NS = 1_000_000_000n;
const MILLISECOND_NS = 1_000_000n;

/** Writes numbers in the manner of one language. */
export class Figures {
  readonly #whole: () => Intl.NumberFormat;
  readonly #rounded: () => Intl.NumberFormat;
  readonly #fixed: () => Intl.NumberFormat;
  readonly #exact: () => Intl.NumberFormat;
  readonly #date: () => Intl.DateTimeFormat;
  readonly #day: () => Intl.DateTimeFormat;
  readonly #timeOfDay: () => Intl.DateTimeFormat;

  /** `language`: a BCP 47 tag. `timeZone`: of days and times of day; the computer's own unless given. */
  constructor(language: string, timeZone?: string) {
    const zone = timeZone ? {timeZone} : {};
    const number = (options: Intl.NumberFormatOptions) => whenAsked(() => new Intl.NumberFormat(language, options));
    const date = (options: Intl.DateTimeFormatOptions) => whenAsked(() => new Intl.DateTimeFormat(language, options));
    this.#whole = number({maximumFractionDigits: 0});
    this.#rounded = number({maximumSignificantDigits: 3});
    this.#fixed = number({minimumFractionDigits: 3, maximumFractionDigits: 3});
    this.#exact = number({minimumFractionDigits: 6, maximumFractionDigits: 6});
    this.#date = date({dateStyle: 'medium', timeStyle: 'short'});
    this.#day = date({dateStyle: 'medium', ...zone});
    this.#timeOfDay = date({hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZoneName: 'longOffset', ...zone});
  }

  /** `12,092`. */
  count(value: number): string {
    return this.#whole().format(value);
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
    return `${this.#rounded().format(perSecond)} /s`;
  }

  /** A moment on the axis to the microsecond: `176.412 ms`. */
  moment(valueNs: number): string {
    return `${this.#fixed().format(valueNs / 1e6)} ms`;
  }

  /** A day and time of the wall clock, here: `Nov 23, 2026, 2:56 PM`. `ms`: since 1970. */
  date(ms: number): string {
    return this.#date().format(ms);
  }

  /** A moment on the axis to the nanosecond: `176.412345 ms`. */
  exactMoment(valueNs: number): string {
    return `${this.#exact().format(valueNs / 1e6)} ms`;
  }

  /** What a clock showed, to the nanosecond: `1,118,793,082,123 ns`. */
  clockNs(valueNs: bigint): string {
    return `${this.#whole().format(valueNs)} ns`;
  }

  /** What a clock showed, in seconds with as many digits behind the point: `1,118.793 s`. */
  clockSeconds(valueNs: bigint, digits: number): string {
    const fraction = String(valueNs % SECOND_NS).padStart(9, '0').slice(0, digits);
    return `${this.#whole().format(valueNs / SECOND_NS)}${digits > 0 ? `.${fraction}` : ''} s`;
  }

  /** A time of day with as many digits behind the second: `15:09:16.836`. `wallNs`: since 1970-01-01 UTC, not before it. */
  timeOfDay(wallNs: bigint, digits: number): string {
    const parts = this.#timeParts(wallNs);
    const fraction = String(wallNs % SECOND_NS).padStart(9, '0').slice(0, digits);
    return `${parts('hour')}:${parts('minute')}:${parts('second')}${digits > 0 ? `.${fraction}` : ''}`;
  }

  /** `22 Nov 2026`, as the language writes it. */
  day(wallNs: bigint): string {
    return this.#day().format(Number(wallNs / MILLISECOND_NS));
  }

  /** The zone of days and times of day: `Europe/Berlin, GMT+01:00`. */
  zone(wallNs: bigint): string {
    return `${this.#timeOfDay().resolvedOptions().timeZone}, ${this.#timeParts(wallNs)('timeZoneName')}`;
  }

  #timeParts(wallNs: bigint): (type: Intl.DateTimeFormatPartTypes) => string {
    const parts = this.#timeOfDay().formatToParts(Number(wallNs / MILLISECOND_NS));
    return (type) => parts.find((part) => part.type === type)?.value ?? '';
  }

  /** `34.1 %` of a share between 0 and 1. */
  share(value: number): string {
    const percent = value * 100;
    // Three digits would round what is not all to "100 %".
    const shown = percent < 100 ? Math.min(percent, 99.9) : percent;
    return `${this.#rounded().format(shown)} %`;
  }

  #scaled(value: number, step: number, units: readonly string[]): string {
    let at = 0;
    // 999.6 would be written as 1000: it belongs to the next unit.
    while (at < units.length - 1 && value >= (at === 0 ? step : step - 0.5)) {
      value /= step;
      at++;
    }
    return `${value >= 1000 ? this.#whole().format(value) : this.#rounded().format(value)} ${units[at]}`;
  }
}

/** Made at its first use: each costs milliseconds, which a page that starts would wait for. */
function whenAsked<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

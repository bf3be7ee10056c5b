/** The table of long dates: the names that a language has for the parts of a date with its era, and their order. */

const LANGUAGES = ['en', 'fr', 'hu', 'ja'];
const DAY_MS = 86_400_000;
const CHECKED_DAYS = 2000;

/**
 * Midnight UTC of a day of the proleptic Gregorian calendar; year 0 is 1 BC.
 * @param {number} year
 * @param {number} month from 1
 * @param {number} day
 */
function dayMs(year, month, day) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime();
}

/** @param {string} language */
const formatOf = (language) =>
  new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, {
    weekday: 'long',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    era: 'long',
    timeZone: 'UTC',
  });

/**
 * @param {Intl.DateTimeFormat} format
 * @param {number} ms
 * @param {string} type
 */
const partOf = (format, ms, type) => format.formatToParts(ms).find((part) => part.type === type)?.value ?? '';

/** @param {string} language */
function namesOf(language) {
  const format = formatOf(language);
  const start = dayMs(2024, 1, 1); // a Monday
  return {
    /** From Monday to Sunday. */
    weekdays: Array.from({ length: 7 }, (_, index) => partOf(format, start + index * DAY_MS, 'weekday')),
    months: Array.from({ length: 12 }, (_, index) => partOf(format, dayMs(2024, index + 1, 1), 'month')),
    /** Before and after the year 1. */
    eras: [partOf(format, dayMs(-10, 1, 1), 'era'), partOf(format, dayMs(2024, 1, 1), 'era')],
    /** Literals stand for themselves; the others are filled in. */
    order: format
      .formatToParts(start)
      .map(({ type, value }) => (type === 'literal' ? { literal: value } : { part: type })),
  };
}

/**
 * @param {ReturnType<typeof namesOf>} names
 * @param {number} ms
 */
function write({ weekdays, months, eras, order }, ms) {
  const date = new Date(ms);
  const year = date.getUTCFullYear();
  /** @type {Record<string, string>} */
  const parts = {
    weekday: weekdays[(date.getUTCDay() + 6) % 7],
    month: months[date.getUTCMonth()],
    day: String(date.getUTCDate()),
    year: String(year > 0 ? year : 1 - year),
    era: eras[year > 0 ? 1 : 0],
  };
  return order
    .map((entry) => ('literal' in entry ? entry.literal : parts[/** @type {string} */ (entry.part)]))
    .join('');
}

/** @throws Error where a language writes some day otherwise than its names and its order say */
export function dateTable() {
  const table = Object.fromEntries(LANGUAGES.map((language) => [language, namesOf(language)]));
  for (const language of LANGUAGES) {
    const format = formatOf(language);
    for (let index = 0; index < CHECKED_DAYS; index++) {
      const ms = dayMs(-799, 1, 1) + index * 503 * DAY_MS;
      const [expected, got] = [format.format(ms), write(table[language], ms)];
      if (expected !== got) throw new Error(`${language}: expected '${expected}', got '${got}'`);
    }
  }
  return table;
}

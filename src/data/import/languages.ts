/** Which language a column is in: by its name, and by the script of its text. */

/** BCP 47 → ISO 639-2 codes and what people write over a column. */
const NAMES: Readonly<Record<string, string>> = {
  en: 'eng english englisch anglais inglés inglese inglês 英语 英文 英語',
  fr: 'fra fre french französisch français francés francese francês 法语 法文 フランス語',
  de: 'deu ger german deutsch allemand alemán tedesco alemão 德语 德文 ドイツ語',
  es: 'spa spanish spanisch espagnol español spagnolo espanhol 西班牙语 スペイン語',
  it: 'ita italian italienisch italien italiano',
  pt: 'por portuguese portugiesisch portugais portugués português',
  nl: 'nld dut dutch niederländisch néerlandais nederlands',
  sv: 'swe swedish schwedisch suédois svenska',
  da: 'dan danish dänisch danois dansk',
  nb: 'nob no nor norwegian norwegisch norvégien norsk',
  fi: 'fin finnish finnisch finnois suomi',
  pl: 'pol polish polnisch polonais polski',
  cs: 'ces cze czech tschechisch tchèque čeština',
  sk: 'slk slo slovak slovenčina',
  hu: 'hun hungarian ungarisch hongrois magyar',
  ro: 'ron rum romanian rumänisch roumain română',
  tr: 'tur turkish türkisch turc türkçe',
  ru: 'rus russian russisch russe русский',
  uk: 'ukr ukrainian ukrainisch ukrainien українська',
  bg: 'bul bulgarian български',
  sr: 'srp serbian српски',
  hr: 'hrv croatian hrvatski',
  el: 'ell gre greek griechisch grec ελληνικά',
  he: 'heb hebrew hebräisch hébreu עברית',
  ar: 'ara arabic arabisch arabe العربية',
  fa: 'fas per persian farsi فارسی',
  hi: 'hin hindi हिन्दी',
  bn: 'ben bengali bangla বাংলা',
  ta: 'tam tamil தமிழ்',
  th: 'tha thai ไทย',
  vi: 'vie vietnamese vietnamesisch vietnamien',
  ms: 'msa malay',
  zh: 'zho chi cmn chinese mandarin chinesisch chinois 中文 汉语 漢語 中国語',
  ja: 'jpn jp japanese japanisch japonais 日本語 日语',
  ko: 'kor korean koreanisch coréen 한국어',
  la: 'lat latin latein',
  eo: 'epo esperanto',
  sw: 'swa swahili kiswahili',
  ca: 'cat catalan català',
  eu: 'eus baq basque euskara',
  ga: 'gle irish gaeilge',
  cy: 'cym wel welsh cymraeg',
};

const BY_NAME = new Map(
  Object.entries(NAMES).flatMap(([tag, names]) => [tag, ...names.split(' ')].map((name) => [name, tag] as const)),
);
/** Indonesian has the code that everybody calls a number column. */
BY_NAME.set('indonesian', 'id');

/** Script → its one language, or the script alone where several languages are written in it. */
const SCRIPTS: readonly (readonly [script: string, pattern: RegExp, tag: string])[] = [
  ['Jpan', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
  ['Hani', /\p{Script=Han}/gu, 'zh'],
  ['Thai', /\p{Script=Thai}/gu, 'th'],
  ['Khmr', /\p{Script=Khmer}/gu, 'km'],
  ['Laoo', /\p{Script=Lao}/gu, 'lo'],
  ['Hang', /\p{Script=Hangul}/gu, 'ko'],
  ['Grek', /\p{Script=Greek}/gu, 'el'],
  ['Hebr', /\p{Script=Hebrew}/gu, 'he'],
  ['Geor', /\p{Script=Georgian}/gu, 'ka'],
  ['Armn', /\p{Script=Armenian}/gu, 'hy'],
  ['Taml', /\p{Script=Tamil}/gu, 'ta'],
  ['Arab', /\p{Script=Arabic}/gu, 'und-Arab'],
  ['Cyrl', /\p{Script=Cyrillic}/gu, 'und-Cyrl'],
  ['Deva', /\p{Script=Devanagari}/gu, 'und-Deva'],
  ['Beng', /\p{Script=Bengali}/gu, 'und-Beng'],
];
/** Scripts of SCRIPTS that put no space between words. */
const UNSPACED = new Set(['Jpan', 'Hani', 'Thai', 'Khmr', 'Laoo']);
/** Share of the letters that a script has to have; Japanese is written in Han too, and told by its kana. */
const SCRIPT_SHARE = 0.2;
/** Scripts as `Intl.Locale` names them → as they are told apart here. */
const SAME_SCRIPT: Readonly<Record<string, string>> = { Hans: 'Hani', Hant: 'Hani', Kore: 'Hang' };

function scriptOf(text: string): (typeof SCRIPTS)[number] | null {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return null;
  return SCRIPTS.find(([, pattern]) => (text.match(pattern)?.length ?? 0) > SCRIPT_SHARE * letters) ?? null;
}

/** The language of a text whose script writes no spaces, as far as the script tells; null for all others. */
export function unspacedLanguage(text: string): string | null {
  const found = scriptOf(text);
  return found && UNSPACED.has(found[0]) ? found[2] : null;
}

/** The language that the name of a column or of a file says: `French`, `translation.fr`, `train.de`, `zh-TW`; null where it says none. */
export function languageOfName(name: string): string | null {
  const parts = name.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  for (const [i, part] of [...parts.entries()].reverse()) {
    const tag = BY_NAME.get(part);
    if (!tag) continue;
    const before = BY_NAME.get(parts[i - 1] ?? '');
    // The last part of `fr-CA` is Canada, not Catalan.
    return before && tag !== before && /^[a-z]{2}[-_][a-z]{2}$/iu.test(name.trim()) ? before : tag;
  }
  return null;
}

/**
 * BCP 47 tag for a column: what its name says, unless its text is in a script that this language is not written in; else what
 * the script says; `und` where neither does.
 */
export function languageOf(name: string, sample: string): string {
  const found = scriptOf(sample);
  const named = languageOfName(name);
  if (!found) return named ?? 'und';
  const script = named && new Intl.Locale(named).maximize().script;
  const isWritten = script && (SAME_SCRIPT[script] ?? script) === found[0];
  // Japanese titles may be written without kana.
  if (named && (isWritten || (named === 'ja' && found[0] === 'Hani'))) return named;
  return found[2];
}

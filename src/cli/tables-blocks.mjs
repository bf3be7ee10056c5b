/** The table of block texts: blocks with one to three slots. */

/** @typedef {typeof import('../data/running-text.ts')} RunningText */
/** @typedef {{ en: string, de: string, ja: string, slots: string }} BlockTemplate */

/**
 * The blocks that are used, by key, with the kind of each slot: n a number, w words, v the name of a variable, l that of a list,
 * s a sprite, b a backdrop or costume, e an effect, k a key, m a message, d a sound, c a condition. Blocks whose slots hold a symbol
 * or a colour are left out, and operators that are the same in every language.
 */
const BLOCKS = `
CONTROL_REPEAT n  CONTROL_IF c  CONTROL_WAIT n  CONTROL_WAITUNTIL c  CONTROL_REPEATUNTIL c  CONTROL_WHILE c  CONTROL_FOREACH v,n
CONTROL_CREATECLONEOF s  DATA_SETVARIABLETO v,n  DATA_CHANGEVARIABLEBY v,n  DATA_SHOWVARIABLE v  DATA_HIDEVARIABLE v
DATA_ADDTOLIST w,l  DATA_DELETEOFLIST n,l  DATA_DELETEALLOFLIST l  DATA_INSERTATLIST w,n,l  DATA_REPLACEITEMOFLIST n,l,w
DATA_ITEMOFLIST n,l  DATA_LENGTHOFLIST l  DATA_LISTCONTAINSITEM l,w  DATA_SHOWLIST l  DATA_HIDELIST l
EVENT_WHENTOUCHINGOBJECT s  EVENT_WHENBROADCASTRECEIVED m  EVENT_WHENBACKDROPSWITCHESTO b  EVENT_WHENGREATERTHAN v,n
EVENT_BROADCAST m  EVENT_BROADCASTANDWAIT m  EVENT_WHENKEYPRESSED k  LOOKS_SAYFORSECS w,n  LOOKS_SAY w  LOOKS_THINKFORSECS w,n
LOOKS_THINK w  LOOKS_CHANGEEFFECTBY e,n  LOOKS_SETEFFECTTO e,n  LOOKS_CHANGESIZEBY n  LOOKS_SWITCHCOSTUMETO b
LOOKS_SWITCHBACKDROPTO b  LOOKS_SWITCHBACKDROPTOANDWAIT b  MOTION_MOVESTEPS n  MOTION_POINTINDIRECTION n  MOTION_POINTTOWARDS s
MOTION_GOTO s  MOTION_GOTOXY n,n  MOTION_GLIDESECSTOXY n,n,n  MOTION_GLIDETO n,s  MOTION_CHANGEXBY n  MOTION_SETX n
MOTION_CHANGEYBY n  MOTION_SETY n  MOTION_SCROLLRIGHT n  MOTION_SCROLLUP n  OPERATORS_RANDOM n,n  OPERATORS_AND c,c  OPERATORS_OR c,c
OPERATORS_NOT c  OPERATORS_JOIN w,w  OPERATORS_LETTEROF n,w  OPERATORS_LENGTH w  OPERATORS_CONTAINS w,w  OPERATORS_MOD n,n
OPERATORS_ROUND n  SENSING_TOUCHINGOBJECT s  SENSING_DISTANCETO s  SENSING_ASKANDWAIT w  SENSING_KEYPRESSED k  SENSING_OF v,s
SOUND_PLAY d  SOUND_PLAYUNTILDONE d  SOUND_CHANGEVOLUMEBY n  SOUND_SETVOLUMETO n
music.changeTempo n  music.restForBeats n  music.setTempo n  music.playNoteForBeats n,n  pen.changeSize n  pen.setSize n
text2speech.speakAndWaitBlock w  microbit.displayText w  speech.whenIHear w  makeymakey.whenKeyPressed k
videoSensing.whenMotionGreaterThan n  wedo2.motorOnFor s,n  boost.motorOnFor s,n  ev3.getMotorPosition s  wedo2.motorOff s
wedo2.motorOn s  boost.motorOff s  boost.motorOn s`;

const KIND_NAMES = {
  n: 'numbers',
  w: 'words',
  v: 'variables',
  l: 'lists',
  s: 'sprites',
  b: 'backdrops',
  e: 'effects',
  k: 'keys',
  m: 'messages',
  d: 'sounds',
  c: 'conditions',
};

/** Texts of both files by key; a text of an extension comes with a description. @typedef {Record<string, string | { message: string }>} Texts */

/** @param {string | { message: string }} entry */
const textOf = (entry) => (typeof entry === 'string' ? entry : entry.message);

/**
 * Slots numbered from 0, in the order of the English text: `%1` or `[NAME]` in the package.
 * @param {string} source English
 * @param {string} text in any language
 */
function numberSlots(source, text) {
  const names = [...source.matchAll(/%\d|\[[A-Z_]+\]/g)].map(([name]) => name);
  return text.replace(/%\d|\[[A-Z_]+\]/g, (name) => ` {${names.indexOf(name)}} `);
}

/**
 * @param {(file: string) => Promise<string>} read a file of the package
 * @param {RunningText} text
 * @returns {Promise<BlockTemplate[]>} tokens separated by spaces, slots as {0}
 */
export async function blockTemplates(read, { cutText, cutUnspaced, lowerTokens }) {
  const [english, german, japanese] = await Promise.all(
    ['en', 'de', 'ja'].map(async (language) => {
      const files = ['blocks', 'extensions'].map(async (part) =>
        JSON.parse(await read(`editor/${part}/${language}.json`)),
      );
      return /** @type {Texts} */ (Object.assign({}, ...(await Promise.all(files))));
    }),
  );
  const segmenter = new Intl.Segmenter('ja', { granularity: 'word' });
  /** @type {Map<string, BlockTemplate>} */
  const templates = new Map();
  for (const [, key, kinds] of BLOCKS.matchAll(/(\S+) (\S+)/g)) {
    const [en, de, ja] = [english, german, japanese].map((texts) =>
      numberSlots(textOf(english[key]), textOf(texts[key])),
    );
    const template = {
      en: lowerTokens(cutText(en)).join(' '),
      de: cutText(de).join(' '),
      ja: cutUnspaced(ja, segmenter).join(' '),
      slots: kinds
        .split(',')
        .map((kind) => KIND_NAMES[/** @type {keyof typeof KIND_NAMES} */ (kind)])
        .join(' '),
    };
    const count = template.slots.split(' ').length;
    if ([template.en, template.de, template.ja].some((text) => (text.match(/\{\d\}/g) ?? []).length !== count))
      throw new Error(`${key}: expected ${count} slots in every language, got ${JSON.stringify(template)}`);
    if (!templates.has(template.en)) templates.set(template.en, template);
  }
  return [...templates.values()];
}

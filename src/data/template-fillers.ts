/** What the slots of messages and blocks are filled with: names, which are the same in every language, and numbers. */

const list = (words: string): readonly string[] => words.trim().split(/\s+/u);

const NUMBERS = [
  ...Array.from({ length: 40 }, (_, index) => String(index + 1)),
  ...list('45 50 60 75 80 90 100 180 200 360'),
];

/** By the kind that the table gives each slot. */
export const FILLERS: Readonly<Record<string, readonly string[]>> = {
  // Of messages.
  names: list(`name value index count item user id key data node parent child result total size width height text label
    start end next first last`),
  types: list(
    'string number boolean symbol object unknown Date Map Set Promise Error Array Person Animal Shape Circle',
  ),
  modules: list('react express lodash ./app ./main ./utils ./types ./config'),
  options: list('strict target module outDir noEmit composite allowJs checkJs'),
  // Of blocks.
  numbers: NUMBERS,
  words: list(`hello goodbye apple banana cherry world yes no cat dog red blue one two three thanks welcome ready winner
    again music moon star river`),
  variables: list('score lives speed level time counter steps points timer size'),
  lists: list('names fruits colors scores words friends animals numbers'),
  sprites: list('ball cat dragon ghost wizard bear bat crab fish rocket robot butterfly'),
  backdrops: list('forest castle beach desert moon city night garden'),
  effects: list('color ghost whirl mosaic brightness fisheye'),
  keys: list('space enter a b c x y z up down'),
  messages: list('start stop go jump finish hello level2 gameover'),
  sounds: list('meow pop chirp drum bell boing clap splash'),
  conditions: list('ready finished hungry awake flying hidden safe lost'),
};

/** English: the lessons for whoever sees attention for the first time. */

import type { Strings } from '../strings.ts';
import type { LessonTexts } from './lesson-texts.ts';

type First = Pick<LessonTexts, 'what-attention-is' | 'bottleneck' | 'scores' | 'watch-it-learn'>;

export const enFirstLessons = ({ header, heatmap, ribbons, sentence, settings, time }: Strings): First => ({
  'what-attention-is': {
    title: 'What attention is',
    cards: {
      learn: {
        title: 'A translator that looks back',
        paragraphs: [
          'This small network reads a number digit by digit and writes it in French words. While it writes a word, it may look at any digit again.',
          'How much it looks at each one is its *attention*. At first it looks everywhere.',
        ],
        goals: { train: `Press **${header.train}** until it is right on 90\u00a0% of numbers that it has never seen.` },
      },
      read: {
        title: 'Read the heatmap',
        paragraphs: [
          'Each row is a word that it wrote, each column a digit that it read. A dark cell says: this word drew mostly on this digit.',
          'Follow one row from left to right. Does it look where you would?',
        ],
        goals: { pin: 'Pin a cell: click it, or walk there with the arrow keys and press Enter.' },
      },
      rows: {
        title: 'A row is shared out',
        paragraphs: [
          'The weights of a row are called `α`. Each lies between 0 and 1, and a row adds up to 1: looking more at one digit means looking less at the others.',
        ],
        goals: { numbers: `Press **${heatmap.values}** and add up a row.` },
      },
      ribbons: {
        title: 'The same, as ribbons',
        paragraphs: [
          'The weights can be drawn between the two sentences too. A ribbon is as wide as its weight; nothing else has changed.',
        ],
        goals: { ribbons: `Choose **${ribbons.pictures.ribbons}** above the picture.` },
      },
      own: {
        title: 'Try your own',
        paragraphs: [
          'Type any number up to four digits. French says eighty as four twenties and seventeen as ten-seven, so a digit may serve several words, and a word may need two digits.',
        ],
        goals: { own: `Type 1848, or what you like, and press **${sentence.translate}**.` },
      },
      name: {
        title: 'Where it comes from',
        paragraphs: [
          'Dzmitry Bahdanau, Kyunghyun Cho and Yoshua Bengio gave a translator this way to look back (ICLR 2015). Before, everything had to pass through one vector; the next lesson shows what that costs.',
          'What is drawn here is no illustration: these are the weights with which the model computed the word.',
        ],
        goals: {},
      },
    },
  },
  bottleneck: {
    title: 'The bottleneck',
    cards: {
      vector: {
        title: 'Everything through one vector',
        paragraphs: [
          'The task is to write letters backwards. This model has no attention: the decoder gets the encoder’s last state and nothing else, whether the word has 5 letters or 20.',
          'Sutskever, Vinyals and Le translated in this way (2014).',
        ],
        goals: { train: `Press **${header.train}** and let it make 200 steps. Watch how often it is right.` },
      },
      long: {
        title: 'Where it breaks',
        paragraphs: ['Short words may come out half right. With every letter more, the same vector has to hold more.'],
        goals: {
          long: `Type a word of at least 12 letters, such as “understanding”, and press **${sentence.translate}**.`,
        },
      },
      score: {
        title: 'Let it look back',
        paragraphs: [
          'A *score* compares what the decoder is looking for with the state at each letter. With one, the decoder may go back to the letters themselves.',
          'The run starts again from the same initial weights, so the comparison is fair.',
        ],
        goals: {
          attends: `In the settings, under ${settings.groups.attention}, choose the score **${settings.options.general}**.`,
        },
      },
      again: {
        title: 'The same number of steps',
        paragraphs: ['The same letters, the same batches, the same number of steps. Only the way back is new.'],
        goals: { train: `Press **${header.train}** and let it make 200 steps again.` },
      },
      see: {
        title: 'What it does with it',
        paragraphs: [
          'To write a word backwards it has to look at the last letter first: a diagonal from the upper right to the lower left. Nobody told it so.',
        ],
        goals: { pin: 'Pin the first cell of that diagonal: first row, last column.' },
      },
      paper: {
        title: 'The figure that made attention famous',
        paragraphs: [
          'Cho and others (2014) had found that such translators grow worse with length. Figure 2 of Bahdanau et al. (2015) sets both side by side: without attention the quality falls beyond 20 to 30 words, with it the curve stays up.',
          'Go on training, and try words that are longer than the 20 letters that it trains on: attention helps there too, and has limits of its own.',
        ],
        goals: {},
      },
    },
  },
  scores: {
    title: 'Scores compared',
    cards: {
      uniform: {
        title: 'No choice at all',
        paragraphs: [
          'A score says how well a digit fits what the decoder is looking for; the softmax makes weights of the scores. What if every digit got the same score?',
        ],
        goals: {
          score: `In the settings, under ${settings.groups.attention}, choose the score **${settings.options.uniform}**.`,
        },
      },
      flat: {
        title: 'An average of everything',
        paragraphs: [
          'Each row is flat now: the context is the mean of all digits’ states. Four digits fit into a state, so the model gets along, only later. This is the baseline that every other score has to beat.',
        ],
        goals: { train: `Press **${header.train}**, let it make 150 steps, and note how many numbers are right.` },
      },
      dot: {
        title: 'Dot product',
        paragraphs: [
          '`s·h`: the decoder’s state times the digit’s state, and no weights of its own. Both have to be of the same size and speak the same language (Luong et al. 2015).',
          'Divided by the root of their size it is the scaled dot product of the Transformer (Vaswani et al. 2017).',
        ],
        goals: {
          score: `Choose the score **${settings.options.dot}**.`,
          train: `Press **${header.train}** until 90\u00a0% are right. At which step was that?`,
        },
      },
      general: {
        title: 'General',
        paragraphs: [
          '`sᵀW h`: a matrix between the two translates the one’s language into the other’s. It is trained with everything else (Luong et al. 2015).',
        ],
        goals: {
          score: `Choose the score **${settings.options.general}**.`,
          train: `Press **${header.train}** until 90\u00a0% are right.`,
        },
      },
      additive: {
        title: 'Additive',
        paragraphs: [
          '`vᵀ tanh(W s + U h)`: a small network looks at both. The first attention there was (Bahdanau et al. 2015); dearer, and never in need of equal sizes.',
        ],
        goals: {
          score: `Choose the score **${settings.options.additive}**.`,
          train: `Press **${header.train}** until 90\u00a0% are right.`,
        },
      },
      choice: {
        title: 'Which one?',
        paragraphs: [
          'On a task as small as this one all of them arrive, and the order depends on the seed. Change the seed under **Training** in the settings, and see whether your order holds.',
          'A fair comparison has the same seed, the same batches and more than one seed. Papers often have less.',
        ],
        goals: {},
      },
    },
  },
  'watch-it-learn': {
    title: 'Watch it learn',
    cards: {
      start: {
        title: 'From the beginning',
        paragraphs: [
          'The page keeps moments of a run while it trains: the translation, the attention, the figures. To have them all, start at step 0.',
        ],
        goals: { reset: `Press **${header.reset}**: the same initial weights again.` },
      },
      learn: {
        title: 'Train once',
        paragraphs: ['Watch the heatmap rather than the curves. When does the picture become sharp?'],
        goals: { train: `Press **${header.train}** until it is right on 90\u00a0% of the held-out sentences.` },
      },
      back: {
        title: 'Back to step 0',
        paragraphs: [
          'The line under the picture is the run. What you put on the stage from it is the past; the training itself is not touched.',
        ],
        goals: { first: 'Drag the slider to its left end, or press Home on it.' },
      },
      play: {
        title: 'As a film',
        paragraphs: [
          'At first all rows are flat. Then most of the words come right while the attention is still wide: the model guesses from what is frequent. Then it finds where to look, and the rest comes right.',
        ],
        goals: { play: `Press **${time.play}**, left of the line.` },
      },
      keep: {
        title: 'Two moments side by side',
        paragraphs: [
          'Stop somewhere in the middle, where the picture is half done. A kept moment can be compared with any other: blue lost weight, orange won.',
        ],
        goals: {
          keep: `Press **${time.keep}** at a moment that you like.`,
          compare: `Under **${time.compare}**, choose it, and go to another moment.`,
        },
      },
      live: {
        title: 'Back to now',
        paragraphs: ['Whatever you look at, the run stands where it stood. From here training would simply go on.'],
        goals: { live: `Press **${time.toLive}**.` },
      },
    },
  },
});

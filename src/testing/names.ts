/** What stays in Latin letters in every language: names, abbreviations, units, keys, and the letters of formulas. */

const NAMES = [
  // The page, its platform and its formats.
  'Heed GitHub WebGPU WGSL GPU CPU SIMD WebAssembly JavaScript TypeScript PyTorch ONNX onnxruntime safetensors float64 float32',
  'TSV CSV JSON lines TMX Anki zip UTF-8 UTF-16 windows-1250 windows-1251 windows-1252 windows-1254 Big5 Shift JIS',
  'EUC-KR SVG PNG ISO Scratch SwiftShader zh-Hans',
  // Models, methods and the people they are named after.
  'LSTM Bahdanau Luong Adam AdamW SGD BLEU PCA softmax Softmax',
  'Dzmitry Kyunghyun Cho Yoshua Bengio Sutskever Vinyals Vaswani Transformer ICLR Kendall',
  'Jain Wallace Wiegreffe Pinter Serrano Smith Monroe Jurafsky',
  // Units.
  'nat nats FLOP FLOP/s kFLOP kFLOP/s MFLOP MFLOP/s GFLOP GFLOP/s TFLOP TFLOP/s FLOP/B GB/s MB/s kB/s',
  // Keys.
  'Space Enter Esc Ctrl Home End Shift',
  // A language in its own word.
  'English',
  // In formulas.
  'tanh exp log max arg mean clip step gates dropout',
];

const KNOWN = new Set(NAMES.join(' ').split(' '));

/** Latin words of three letters and more that are none of the names, nor quoted, as words of the tasks are. */
export const foreignWords = (text: string): string[] =>
  (
    text.replaceAll(/“[^”]*”/g, '').match(/[A-Za-zÀ-ÖØ-öø-ɏ](?:[A-Za-zÀ-ÖØ-öø-ɏ\d/’'-]*[A-Za-zÀ-ÖØ-öø-ɏ\d])?/g) ?? []
  ).filter((word) => word.length > 2 && !KNOWN.has(word));

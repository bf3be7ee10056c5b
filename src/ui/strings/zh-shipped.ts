/** Chinese: the trained model that ships with the page. */

import type { ShippedStrings } from './en-shipped.ts';

export const zhShipped: ShippedStrings = {
  line: (steps, measured) =>
    measured === null
      ? `这个模型是事先训练好的，共 ${steps} 步。`
      : `这个模型是事先训练好的：共 ${steps} 步，${measured.pairs} 个留出的句对中有 ${measured.exact} 完全正确。`,
  train: '点“训练”会从头训练一个还什么都不会的新模型。',
  goOn: '从这个模型继续训练',
};

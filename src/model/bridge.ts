/** Bridge: tanh(W final + b), from the encoder's last states to the decoder's first, or to the classifier's query. */

import type { View } from '../ops/view.ts';
import type { Network } from './network.ts';

export class Bridge {
  constructor(
    private readonly net: Network,
    private readonly name: 'bridge.h' | 'bridge.c',
    /** One view [B, H] per direction. */
    private readonly finals: readonly View[],
    /** [B, Hd] */
    private readonly y: View,
  ) {
    const x = net.local(`${name}.before`, y.rows, y.columns);
    net.linear(`${name}.weight`, finals, x, `${name}.bias`);
    net.builder.call('tanh.forward', { x, y });
  }

  /** From dY [B, Hd] to the encoder's final states, one view [B, H] per direction. */
  backward(dY: View, dFinals: readonly View[], accumulate: boolean): void {
    const { net, name, y } = this;
    const dX = net.local(`${name}.dBefore`, y.rows, y.columns);
    net.builder.call('tanh.backward', { y, dY, dX });
    net.linearBackwardWeights(`${name}.weight`, dX, this.finals, `${name}.bias`);
    let column = 0;
    for (const dFinal of dFinals) {
      net.linearBackwardInput(`${name}.weight`, column, dX, dFinal, accumulate);
      column += dFinal.columns;
    }
  }
}

/** How Heed's scheduler may map a step to dispatches. */
export const STRATEGIES = ['separate', 'wide', 'stepwise', 'persistent'] as const;

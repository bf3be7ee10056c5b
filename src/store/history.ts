/** The curves of the run, which the worker keeps in the same form. */

export { MetricsHistory, type RateFigure } from '../training/metrics-history.ts';

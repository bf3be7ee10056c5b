/** The curves as they grow: a new reading a few times a second, however many messages come. */

import { useEffect, useState } from 'react';
import type { MetricsHistory } from '../../store/history.ts';
import { useSession } from '../context.ts';

const INTERVAL_MS = 160;

/** The run's curves; the component renders again when they have changed, at most about six times a second. */
export function useHistory(): { readonly history: MetricsHistory; readonly version: number } {
  const { run } = useSession();
  const [version, setVersion] = useState(run.history.version);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const take = (): void => {
      timer = undefined;
      setVersion(run.history.version);
    };
    const stop = run.subscribe(() => {
      timer ??= setTimeout(take, INTERVAL_MS);
    });
    take();
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [run]);
  return { history: run.history, version };
}

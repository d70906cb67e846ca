import { useEffect, useState } from 'preact/hooks';

/** Makes a store that lives as long as its view, one per view; `make` gets the signal that ends it. */
export function useStore<T>(make: (stop: AbortSignal) => T): T {
  const [[store, end]] = useState(() => {
    const gone = new AbortController();
    return [make(gone.signal), gone] as const;
  });
  useEffect(() => () => end.abort(), [end]);
  return store;
}

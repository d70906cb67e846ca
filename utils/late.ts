/** Once, when it is first asked for. */

/** What `load` gives, loaded once for all who ask; after a failure the next one who asks tries again. */
export function late<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | null = null;
  return () => {
    if (loaded) return loaded;
    const loading = load();
    loaded = loading;
    loading.catch(() => {
      if (loaded === loading) loaded = null;
    });
    return loading;
  };
}

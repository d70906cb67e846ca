/** Many things that are open at once, each of which another function opens and closes around its work. */

/** Opens what `around` gives to its work, and keeps it open until `stack` is disposed of. */
export function held<T>(
  stack: AsyncDisposableStack,
  around: (work: (it: T) => Promise<void>) => Promise<unknown>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = Promise.withResolvers<void>();
    const closed = around((it) => {
      resolve(it);
      return end.promise;
    });
    closed.catch(reject);
    stack.defer(async () => {
      end.resolve();
      await closed;
    });
  });
}

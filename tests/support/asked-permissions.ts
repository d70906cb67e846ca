/** The browser's permissions as a person grants and revokes them: `FakeExtension` with a person who answers. */
import type { FakeExtension } from './fake-extension.ts';

export interface AskedPermissions {
  readonly asked: string[][];
  /** What the person answers from now on. */
  answer: boolean;
}

/** `extension.browser` with `permissions.request` and `remove`; both happen at once, as in a click. */
export function withPerson(extension: FakeExtension) {
  const person: AskedPermissions = { asked: [], answer: true };
  const permissions = Object.assign(extension.browser.permissions, {
    async request({ origins = [], data_collection: kinds }: { origins?: string[]; data_collection?: string[] }) {
      person.asked.push(kinds ?? origins);
      if (!person.answer) return false;
      if (kinds) extension.dataCollection = [...(extension.dataCollection ?? []), ...kinds];
      extension.grant(...origins);
      return true;
    },
    async remove({ origins }: { origins: string[] }) {
      const had = origins.some((origin) => extension.origins.includes(origin));
      extension.revoke(...origins);
      return had;
    },
  });
  return { person, browser: { ...extension.browser, permissions } };
}

/** The team's project. */
import { fail } from '../../../utils/errors.ts';
import type { Handlers } from '../../../utils/messaging/server.ts';
import { readProject } from '../../../utils/review/project-schema.ts';
import { setProject } from '../../../utils/storage/projects.ts';
import type { Room } from '../room.ts';
import { termsChanged } from './triage.ts';

export const projectHandlers = (room: Room): Pick<Handlers['page'], 'setProject'> => ({
  async setProject({ json }) {
    const { database, sites } = room;
    const read = json === null ? null : readProject(json);
    if (read?.ok === false) {
      const next = 'Correct it in the file and import it again; the project in force stays as it is.';
      fail('invalid', { ...read.error, next });
    }
    await setProject(database, read?.value ?? null);
    await sites.reconcile();
    await sites.guard();
    await termsChanged(room);
    return null;
  },
});

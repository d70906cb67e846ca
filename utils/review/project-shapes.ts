/** The small shapes that everything in a project file is made of. */
import * as z from 'zod/mini';

/** Text with something to read in it. */
export const text = (limit: number) => z.string().check(z.minLength(1), z.maxLength(limit), z.regex(/\S/));
export const id = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,63}$/));
export const list = <T extends z.ZodMiniType>(item: T, most: number) => z.array(item).check(z.maxLength(most));
export const some = <T extends z.ZodMiniType>(item: T, most: number) =>
  z.array(item).check(z.minLength(1), z.maxLength(most));
/** `example.com`, `*.example.com`. */
export const host = z.string().check(z.maxLength(253), z.regex(/^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*$/));

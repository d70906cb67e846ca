/** Firefox asks its user before an extension sends data anywhere; other browsers know no such permission. */

/** What a delivered review may contain, in Firefox's words; ask for these with `permissions.request` in a click. */
export const dataCollection = [
  'websiteContent',
  'personalCommunications',
  'websiteActivity',
  'personallyIdentifyingInfo',
] as const;

/** The part of the permissions API that is asked; the polyfill's type does not know `data_collection` yet. */
export interface ConsentSource {
  getAll(): Promise<object>;
}

/** Whether reviews may be sent: everything above is granted, or the browser does not ask. */
export async function mayTransmit(permissions: ConsentSource): Promise<boolean> {
  const all = (await permissions.getAll()) as { readonly data_collection?: readonly string[] };
  const given = all.data_collection;
  return given === undefined || dataCollection.every((kind) => given.includes(kind));
}

/** Which regions' phone numbers a reviewer is likely to meet. */

/** The regions of these languages (BCP 47), the likeliest of each; what is no language is left out. */
export function regionsOf(languages: readonly string[]): string[] {
  const regions = languages.map((language) => {
    try {
      return new Intl.Locale(language).maximize().region;
    } catch {
      return undefined;
    }
  });
  return [...new Set(regions.filter((region) => region !== undefined))];
}

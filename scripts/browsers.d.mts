export type BrowserName = 'chromium' | 'firefox';
export const overrides: Readonly<Record<BrowserName, string>>;
export function findBrowser(
  name: BrowserName,
  options?: {
    readonly platform?: string;
    readonly env?: Readonly<Record<string, string | undefined>>;
    readonly exists?: (path: string) => boolean;
  },
): string | null;
export function isBranded(path: string): boolean;

/** Compares screenshots in the browser, which has the decoder. */
import type { Surface } from './browser/types.ts';

/** The share of pixels (0 to 1) of which a channel differs by more than `tolerance` (0 to 255). PNGs in base64. */
export function differingShare(where: Surface, before: string, after: string, tolerance = 40): Promise<number> {
  return where.evaluate(
    async (_root, first, second, most) => {
      const pixels = async (picture: string) => {
        const bytes = Uint8Array.from(atob(picture), (character) => character.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext(
          '2d',
        ) as OffscreenCanvasRenderingContext2D;
        context.drawImage(bitmap, 0, 0);
        return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
      };
      const [a, b] = [await pixels(first), await pixels(second)];
      if (a.length !== b.length) return 1;
      let different = 0;
      for (let at = 0; at < a.length; at += 4) {
        const apart = Math.max(
          ...[0, 1, 2].map((channel) => Math.abs((a[at + channel] ?? 0) - (b[at + channel] ?? 0))),
        );
        if (apart > most) different += 1;
      }
      return different / (a.length / 4);
    },
    before,
    after,
    tolerance,
  );
}

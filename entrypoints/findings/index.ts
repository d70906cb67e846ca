/** Paints findings on the answers of a page; the background loads it into a frame in which an answer has some. */
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { offerPart } from '../../utils/parts.ts';
import { createPainter } from './painter.ts';

export default defineUnlistedScript(() => offerPart('findings', { createPainter }));

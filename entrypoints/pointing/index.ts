/** Lets the reviewer point at an answer; the background loads it into a frame in which they are about to. */
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { offerPart } from '../../utils/parts.ts';
import { createPicker } from './picker.ts';

export default defineUnlistedScript(() => offerPart('pointing', { createPicker }));

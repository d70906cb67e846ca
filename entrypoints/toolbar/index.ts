/** Draws; the background loads it into a frame in which the overlay has found a response. */
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { offerView } from '../../utils/handover.ts';
import { createView } from './view.ts';

export default defineUnlistedScript(() => offerView(createView));

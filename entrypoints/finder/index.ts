/** Finds answers without a rule; the background loads it into a frame in which no rule finds any, or a person points at one. */
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import * as finder from '../../utils/detection/generic/index.ts';
import { offerFinder } from '../../utils/handover.ts';

export default defineUnlistedScript(() => offerFinder(finder));

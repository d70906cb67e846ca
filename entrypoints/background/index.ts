/**
 * The background: owns storage, delivery and permissions, and answers the other contexts. It may die at any moment and be
 * started by any event, so everything that matters is in the database, and every listener is registered at once.
 */
import { defineBackground } from 'wxt/utils/define-background';
import { ownChrome } from '../../utils/runtime.ts';
import { start } from './start.ts';

export default defineBackground(() => start(ownChrome()));

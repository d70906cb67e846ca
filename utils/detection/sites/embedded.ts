/** What products have in common that any site may embed. */

/**
 * A conversation as addresses usually name it: `/chat/4711`, `/c/4711`, `?ticket=4711`. Where the address names none, the
 * product's messages on one host count as one conversation.
 */
export const conversationInAddress: readonly string[] = [
  '[/?&](?:c|chats?|conversations?|threads?|tickets?|cases?|sessions?)(?:[_-]?[iI]d)?[/=](?!new(?:[/?&]|$))([\\w.~-]{1,128})',
];

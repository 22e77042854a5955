/** The prefix of tag names, event names and storage keys; alone, the tag name of the list. */
export const PREFIX = "coder-external-auth";

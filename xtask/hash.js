// @ts-check
import { createHash } from "node:crypto";

/**
 * The part of a file name that follows the content, so that browsers may cache the file forever.
 *
 * @param {...(string | Buffer)} contents
 */
export const hashOf = (...contents) => {
  const hash = createHash("sha256");
  for (const content of contents) hash.update(content);
  return hash.digest("hex").slice(0, 16);
};

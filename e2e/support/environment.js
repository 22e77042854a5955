// @ts-check

/**
 * The value of a variable that `cargo xtask test` sets.
 *
 * @param {string} name
 */
export function variable(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. Start the tests with \`cargo xtask test\`.`);
  return value;
}

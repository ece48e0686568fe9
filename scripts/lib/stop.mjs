/** An end that was foreseen: the message is for a person, the code for the shell. No stack is shown. */
export class Stop extends Error {
  /**
   * @param {string} message what is wrong and what to do next
   * @param {number} [exitCode]
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * Runs a script's main function and ends the process with the code it resolves to.
 * @param {() => Promise<number>} main
 * @returns {Promise<void>}
 */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    const foreseen = error instanceof Stop;
    process.stderr.write(`${foreseen ? error.message : /** @type {Error} */ (error).stack}\n`);
    process.exitCode = foreseen ? error.exitCode : 1;
  }
}

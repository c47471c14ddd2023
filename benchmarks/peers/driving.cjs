// What the drivers of both npm clients share.
"use strict";

/** The vendor's SDK talks to no host but the vendor's; the local Intacct has another. */
function endpointCheckOff() {
  const path = require.resolve("@intacct/intacct-sdk/dist/Credentials/Endpoint", { paths: [process.cwd()] });
  require(path).default.isDomainValid = () => true;
}

/** One step's outcome, for the script that started us. */
function line(step, seen) {
  process.stdout.write(`${JSON.stringify({ step, seen })}\n`);
}

/** The cents of a decimal text, exactly. */
function cents(text) {
  const [whole, part = ""] = text.replace("-", "").split(".");
  const value = BigInt(whole) * 100n + BigInt(`${part}00`.slice(0, 2));
  return text.startsWith("-") ? -value : value;
}

module.exports = { endpointCheckOff, line, cents, parsed: JSON.parse };

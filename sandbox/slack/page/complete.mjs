// What Slack's own client checks before a modal is submitted.

/** Problems by block id: required fields left empty, texts too short, numbers and addresses that are none. */
export function fieldProblems(blocks, state) {
  const found = blocks
    .filter((block) => block.type === "input")
    .map((block) => {
      const value = state[block.block_id]?.[block.element.action_id] ?? {};
      return [block.block_id, problem(block, value)];
    });
  return Object.fromEntries(found.filter(([, words]) => words));
}

function problem({ element, optional }, value) {
  if (isEmpty(value)) return optional ? null : "Please complete this required field.";
  return valueProblem(element, value);
}

/** What is wrong with a value that is there: no number, no address, too short; null if nothing. */
export function valueProblem(element, value) {
  const check = CHECKS[element.type];
  return check && !isEmpty(value) ? check(value.value, element) : null;
}

function isEmpty({ type: _type, timezone: _zone, ...held }) {
  return Object.values(held).every(
    (value) => value === null || value === undefined || value.length === 0,
  );
}

const CHECKS = {
  plain_text_input: (text, { min_length: least }) =>
    least && text.length < least ? `Please enter at least ${least} characters.` : null,
  email_text_input: (text) =>
    /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? null : "Please enter a valid email address.",
  url_text_input: (text) => (/^https?:\/\/\S+$/i.test(text) ? null : "Please enter a valid URL."),
  number_input: number,
};

function number(text, { is_decimal_allowed: decimals, min_value: least, max_value: most }) {
  if (!(decimals ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/).test(text))
    return decimals ? "Please enter a number." : "Please enter a whole number.";
  if (least !== undefined && Number(text) < Number(least))
    return `Please enter a number no less than ${least}.`;
  if (most !== undefined && Number(text) > Number(most))
    return `Please enter a number no more than ${most}.`;
  return null;
}

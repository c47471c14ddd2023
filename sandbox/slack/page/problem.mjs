// The error of a field: under it, in words, and on the field itself.

/** Says what is wrong with the input in this box, or takes it back; the field that has the problem, if any. */
export function showProblem(box, words) {
  const field = box.querySelector("[data-action-id]");
  box.querySelector(".field-error").textContent = words;
  box.classList.toggle("wrong", Boolean(words));
  field?.setAttribute("aria-invalid", String(Boolean(words)));
  return words ? field : null;
}

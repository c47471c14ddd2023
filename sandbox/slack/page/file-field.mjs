// A field for files: chosen or dropped, uploaded at once, and named until they are sent.

import { upload } from "./desk.mjs";
import { h, icon, put } from "./dom.mjs";
import { naming, remember } from "./fields.mjs";
import { bytes } from "./files.mjs";

const MOST = 10;

/** Up to `max_files` files of the allowed kinds; the state holds what the workspace made of them. */
export function fileField(spot) {
  const { element, reader, surface } = spot;
  const most = element.max_files ?? MOST;
  const kinds = element.filetypes?.map((kind) => `.${kind}`);
  let held = [];
  const list = h("ul", { class: "file-list" });
  const input = h("input", {
    type: "file",
    class: "file-choose",
    multiple: most > 1,
    accept: kinds?.join(","),
    ...naming(spot),
    onchange: () => add([...input.files]),
  });
  const hint = [kinds?.join(", "), `up to ${most}`].filter(Boolean).join(" · ");
  const node = h(
    "div",
    { class: "field file-field" },
    h(
      "label",
      { class: "file-drop" },
      icon("file"),
      h("span", {}, "Choose files or drop them here"),
      h("small", {}, hint),
      input,
    ),
    list,
  );
  node.addEventListener("dragover", (event) => event.preventDefault());
  node.addEventListener("drop", (event) => {
    event.preventDefault();
    add([...event.dataTransfer.files]);
  });

  function show(files) {
    held = files;
    put(
      list,
      files.map((file) => row(file, () => change(held.filter((one) => one !== file)))),
    );
  }

  function change(files) {
    show(files);
    remember(spot, read());
  }

  async function add(chosen) {
    input.value = "";
    const fitting = chosen.filter(
      ({ name }) => !kinds || kinds.some((kind) => name.toLowerCase().endsWith(kind)),
    );
    if (fitting.length < chosen.length)
      surface.notice(`Only ${kinds.join(", ")} can be added here.`);
    const room = fitting.slice(0, most - held.length);
    if (room.length < fitting.length) surface.notice(`At most ${most} files can be added here.`);
    for (const file of room) {
      const reply = await upload(reader.me.id, file);
      if (reply.ok) change([...held, reply.file]);
      else surface.notice(`“${file.name}” could not be uploaded.`);
    }
  }

  const read = () => ({
    files: held.map(({ id, name, title, mimetype, size }) => ({ id, name, title, mimetype, size })),
  });
  show([]);
  return { node, read, write: (state) => show(state.files ?? []) };
}

function row(file, remove) {
  const name = file.title || file.name || file.id;
  return h(
    "li",
    { class: "chip" },
    name,
    file.size && h("small", {}, ` ${bytes(file.size)}`),
    h("button", { type: "button", "aria-label": `Remove ${name}`, onclick: remove }, icon("close")),
  );
}

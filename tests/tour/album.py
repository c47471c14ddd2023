"""The pictures of a tour: each state at two widths, in light and dark, and a page beside them."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Locator, Page, ViewportSize

TALL = 5200  # pixels: the longest message on a phone
STILL = "*, ::before, ::after { transition: none !important; caret-color: transparent !important }"


@dataclass(frozen=True, slots=True)
class Look:
    """A screen and a theme."""

    name: str
    size: ViewportSize
    dark: bool


WIDE, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=375, height=812)
LOOKS = (
    Look("desktop-light", WIDE, dark=False),
    Look("desktop-dark", WIDE, dark=True),
    Look("phone-light", PHONE, dark=False),
    Look("phone-dark", PHONE, dark=True),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A state that was reached, and what to look at."""

    number: int
    name: str
    caption: str

    def file(self, look: Look) -> str:
        """The file that shows it."""
        return f"{self.number:02}-{self.name}.{look.name}.png"


@dataclass
class Album:
    """A folder of pictures in the order they were taken."""

    folder: Path
    looks: tuple[Look, ...] = LOOKS
    pictures: list[Picture] = field(default_factory=list)

    def take(self, page: Page, name: str, caption: str, part: Locator | None = None) -> None:
        """The state the page is in, in every look; a part alone is shown in full height."""
        picture = Picture(len(self.pictures) + 1, name, caption)
        self.pictures.append(picture)
        page.mouse.move(0, 0)
        if part:  # where the keyboard was in it, its tools would hide what it says
            page.evaluate("document.activeElement?.blur()")
        for look in self.looks:
            height = TALL if part else look.size["height"]
            page.set_viewport_size({"width": look.size["width"], "height": height})
            page.emulate_media(color_scheme="dark" if look.dark else "light")
            path = self.folder / picture.file(look)
            _shoot(page, path, part)
        page.set_viewport_size(WIDE)
        page.emulate_media(color_scheme="light")

    def bind(self) -> None:
        """`index.html`: every state a row, its looks side by side under the caption."""
        rows = "\n".join(self._row(picture) for picture in self.pictures)
        (self.folder / "index.html").write_text(f"{HEAD}{rows}\n</main>\n", encoding="utf-8")

    def _row(self, picture: Picture) -> str:
        shown = "".join(
            f'<a href="{picture.file(look)}"><img loading="lazy" class="{look.name}" '
            f'src="{picture.file(look)}" alt="{html.escape(picture.caption)}, {look.name}"></a>'
            for look in self.looks
        )
        title = f"{picture.number:02} {html.escape(picture.name.replace('-', ' '))}"
        return (
            f'<section id="{picture.name}"><h2>{title}</h2>'
            f"<p>{html.escape(picture.caption)}</p><div>{shown}</div></section>"
        )


def _shoot(page: Page, path: Path, part: Locator | None) -> None:
    """A picture; once more where the page drew the part anew in that very moment."""
    for last in (False, False, True):
        try:
            if part:
                part.screenshot(path=path, animations="disabled", style=STILL)
            else:
                page.screenshot(path=path, animations="disabled", style=STILL)
        except BrowserError as error:
            if last or "not attached" not in str(error):
                raise
        else:
            return


HEAD = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Tieout, the whole tour</title>
<style>
  body { margin: 24px; font: 15px/1.45 system-ui, sans-serif; background: #f4f5f4; color: #1b1f1d }
  section { margin: 0 0 40px } h2 { margin: 0; font-size: 17px } p { margin: 2px 0 10px }
  div { display: flex; gap: 12px; align-items: flex-start; overflow-x: auto }
  img { display: block; max-height: 900px; border: 1px solid #ccd2ce; border-radius: 6px }
  img[class^="desktop"] { width: 560px } img[class^="phone"] { width: 260px }
</style>
<main><h1>The whole tour</h1>
"""

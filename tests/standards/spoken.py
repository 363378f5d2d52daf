"""What a reader of an HTML page or letter sees, and in which language it says that is."""

from html.parser import HTMLParser


class _Texts(HTMLParser):
    """Each piece of text that is shown, with the language that its element is marked with."""

    def __init__(self) -> None:
        super().__init__()
        self.languages: list[tuple[str, str]] = []
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br", "base", "hr"):
            outer = self.languages[-1][1] if self.languages else ""
            self.languages.append((tag, dict(attrs).get("lang") or outer))

    def handle_endtag(self, tag: str) -> None:
        assert self.languages.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        tag, language = self.languages[-1] if self.languages else ("", "")
        if data.strip() and tag not in ("style", "title"):
            self.found.append((data.strip(), language))


def texts_of(html: str) -> list[tuple[str, str]]:
    parser = _Texts()
    parser.feed(html)
    parser.close()
    assert parser.languages == []
    return parser.found

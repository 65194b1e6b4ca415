"""The covering mail as its readers would see it."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace

from builder.build import Prepared
from builder.diagnostics import Code, Diagnostics
from builder.document.nodes import Chart
from builder.mail.body import compose_body, default_subject
from builder.mail.letter import Letter
from builder.mail.page import CHART_ID, Common, html_page
from builder.mail.picture import Inset, draw_inset
from builder.preview.notices import Text
from builder.theme.model import Theme


@dataclass(slots=True)
class Letters:
    """Writes the mail to nobody in particular; its chart is drawn anew only where it is another."""

    drawn: tuple[Chart, Theme, str, Inset] | None = None

    def write(self, revision: int, prepared: Prepared, log: Diagnostics) -> Text:
        """Write the HTML body. Raises ContentErrors where the template has a fault."""
        document, settings = prepared.document, prepared.project.settings.mail
        body = compose_body(document)
        inset = self._inset(body.chart, prepared, log) if body.chart is not None else None
        common = Common(body, prepared.theme, inset, (), settings.link)
        subject = settings.subject or default_subject(body).replace("{", "{{ '{' }}")
        made = Letter(common, document.words, subject, settings.text, None)
        try:
            personal = made.personal(None)
        except ValueError as fault:
            log.note(
                Code.MAIL_TEXT,
                f"the mail in the preview: {fault}",
                at=prepared.project.places.span(("mail",)),
            )
            personal = replace(made, subject="-", text="").personal(None)
        html = html_page(common, personal, log)
        if inset is not None:
            picture = base64.b64encode(inset.data).decode()
            html = html.replace(f"cid:{CHART_ID}", f"data:image/png;base64,{picture}")
        return Text("mail", revision, html)

    def _inset(self, chart: Chart, prepared: Prepared, log: Diagnostics) -> Inset:
        theme, language = prepared.theme, prepared.document.meta.language
        if self.drawn is None or self.drawn[:3] != (chart, theme, language):
            self.drawn = chart, theme, language, draw_inset(chart, theme, language, log)
        return self.drawn[3]

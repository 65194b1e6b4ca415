"""The web application: it shows what the hub holds, and changes nothing."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from html import escape
from importlib.resources import files
from pathlib import PurePosixPath
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from builder.css import css_string
from builder.drawings import plain_drawing
from builder.preview.editor import open_line
from builder.preview.guard import POLICY, Door, Guard
from builder.preview.hub import NAMES, Hub
from builder.preview.notices import DOWNLOADS, Text
from builder.preview.pictures import Pictures
from builder.preview.shift import Shift
from builder.readers.files import ProjectFiles

STATIC = files("builder.preview") / "static"
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
IMAGES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
}
FONT_TYPES = {".ttf": "font/ttf", ".otf": "font/otf", ".ttc": "font/collection"}
KEEP = {"cache-control": "private, max-age=31536000, immutable"}
"""For what has a name of its own by its content."""

PULSE = 15.0
"""Seconds after which a browser is told that we are still there."""

SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@dataclass(slots=True)
class Application:
    """Answers the browser."""

    door: Door
    hub: Hub
    shift: Shift
    pictures: Pictures = field(default_factory=Pictures)
    ending: bool = False

    def asgi(self) -> Starlette:
        """Give the application for a server."""

        @asynccontextmanager
        async def lifespan(_app: Starlette) -> AsyncIterator[None]:
            async with self.shift.running():
                yield

        routes = [
            Route("/", self.page),
            Route("/static/{name}", self.static),
            Route("/inks.css", self.inks),
            Route("/fonts.css", self.fonts),
            Route("/font/{number:int}", self.font),
            Route("/events", self.events),
            Route("/pane/{name}", self.pane),
            Route("/sheets/{name}", self.sheets),
            Route("/sheet/{pdf}/{page:int}", self.sheet),
            Route("/file/{path:path}", self.file),
            Route("/logo", self.logo),
            Route("/download/{format}", self.download),
            Route("/open", self.open, methods=["POST"]),
        ]
        return Starlette(
            routes=routes, lifespan=lifespan, middleware=[Middleware(Guard, door=self.door)]
        )

    # ------------------------------------------------------------ the application itself

    async def page(self, _request: Request) -> Response:
        """Give the page that everything is shown on."""
        html = (STATIC / "index.html").read_text("utf-8")
        filled = html.replace("{{token}}", escape(self.door.token)).replace(
            "{{project}}", escape(self.hub.project)
        )
        return Response(filled, media_type="text/html")

    async def static(self, request: Request) -> Response:
        """Give one of the page's own files."""
        name = request.path_params["name"]
        kind = TYPES.get(PurePosixPath(name).suffix)
        known = {file.name for file in STATIC.iterdir()}
        if kind is None or name not in known:
            return missing()
        return Response((STATIC / name).read_bytes(), media_type=kind)

    async def inks(self, _request: Request) -> Response:
        """Give the theme's colours."""
        ready = self.hub.ready
        night = (STATIC / "night.css").read_text("utf-8")
        return Response(night + (ready.inks if ready else ""), media_type="text/css")

    async def fonts(self, _request: Request) -> Response:
        """Give the theme's fonts by name."""
        ready = self.hub.ready
        rules = [
            f"@font-face {{ font-family: {css_string(font.family)}; font-weight: {font.weight};"
            f" font-style: {'italic' if font.italic else 'normal'}; font-display: block;"
            f' src: url("/font/{number}") }}'
            for number, font in enumerate(ready.fonts if ready else ())
        ]
        return Response("\n".join(rules), media_type="text/css")

    async def font(self, request: Request) -> Response:
        """Give one of the theme's fonts."""
        ready, number = self.hub.ready, request.path_params["number"]
        if ready is None or number >= len(ready.fonts):
            return missing()
        path = ready.fonts[number].path
        kind = FONT_TYPES.get(path.suffix.lower(), "application/octet-stream")
        try:
            return Response(
                path.read_bytes(), media_type=kind, headers={"cache-control": "max-age=600"}
            )
        except OSError:
            return missing()

    # ------------------------------------------------------------ what changes

    async def events(self, request: Request) -> Response:
        """Tell a browser what there is, again and again, for the panes that it shows."""
        asked = request.query_params.get("panes", "").split(",")
        return StreamingResponse(
            self._events(frozenset(asked) & frozenset(NAMES)),
            media_type="text/event-stream",
            headers={"x-accel-buffering": "no"},
        )

    async def _events(self, panes: frozenset[str]) -> AsyncIterator[str]:
        waiting: asyncio.Queue[int] = asyncio.Queue()
        self.hub.open_panes[waiting] = panes
        try:
            self.shift.looked_at()
            told = ""
            while not self.ending:
                now = json.dumps(self.hub.told(), ensure_ascii=False)
                yield f"event: state\ndata: {now}\n\n" if now != told else ": still here\n\n"
                told = now
                with suppress(TimeoutError):
                    await asyncio.wait_for(waiting.get(), PULSE)
        finally:
            del self.hub.open_panes[waiting]

    def end(self) -> None:
        """Let go of the browsers that listen."""
        self.ending = True
        self.hub.tell()

    async def pane(self, request: Request) -> Response:
        """Give a pane that is an HTML document."""
        pane = self.hub.panes.get(request.path_params["name"])
        if pane is None or not isinstance(pane.shown, Text):
            return missing()
        html = pane.shown.html
        headers = {"content-security-policy": policy_for(html), "x-version": str(pane.version)}
        return Response(html, media_type="text/html", headers=headers)

    async def sheets(self, request: Request) -> Response:
        """Give a pane's pages: their sizes, and what stands on them."""
        name = request.path_params["name"]
        if name not in NAMES:
            return missing()
        return JSONResponse(
            {"version": self.hub.panes[name].version, "sheets": self.hub.sheets_of(name)}
        )

    async def sheet(self, request: Request) -> Response:
        """Give the picture of a page."""
        pdf, page = request.path_params["pdf"], request.path_params["page"]
        width = request.query_params.get("width", "800")
        if (
            self.hub.sheet(pdf, page) is None
            or pdf not in self.hub.files
            or not (width.isascii() and width.isdigit())
        ):
            return missing()
        data = self.hub.files[pdf]
        drawn = await asyncio.to_thread(self.pictures.draw, pdf, data, page, int(width[:6]))
        return Response(drawn, media_type="image/png", headers=KEEP)

    async def file(self, request: Request) -> Response:
        """Give an image that the briefing shows, and no other file."""
        path = request.path_params["path"]
        ready = self.hub.ready
        kind = IMAGES.get(PurePosixPath(path).suffix.lower())
        if ready is None or path not in ready.images or kind is None:
            return missing()
        try:
            data = ProjectFiles(self.shift.job.project).read(PurePosixPath(path))
        except OSError:
            return missing()
        return Response(data, media_type=kind)

    async def logo(self, _request: Request) -> Response:
        """Give the theme's logo."""
        ready = self.hub.ready
        kind = IMAGES.get(ready.logo.suffix.lower()) if ready and ready.logo else None
        if ready is None or ready.logo is None or kind is None:
            return missing()
        return Response(plain_drawing(ready.logo.read_bytes()), media_type=kind)

    # ------------------------------------------------------------ what somebody asks for

    async def download(self, request: Request) -> Response:
        """Write one of the outputs, and hand it over."""
        name = request.path_params["format"]
        if name not in DOWNLOADS:
            return missing()
        try:
            file, data = await self.shift.written(name)
        except LookupError as why:
            return PlainTextResponse(f"{why.args[0]}\n", 409)
        given = f"attachment; filename*=UTF-8''{quote(file)}"
        return Response(
            data, media_type="application/octet-stream", headers={"content-disposition": given}
        )

    async def open(self, request: Request) -> Response:
        """Open a line in the author's editor; only for those at this machine."""
        try:
            asked = json.loads(await request.body())
            opened = open_line(self.shift.job.project, str(asked["source"]))
        except (ValueError, KeyError, TypeError):
            return PlainTextResponse("name a source\n", 400)
        except PermissionError:
            return PlainTextResponse("that is not in the project\n", 403)
        except OSError as fault:
            return PlainTextResponse(f"{fault}\n", 404)
        return JSONResponse({"by": opened.by, "link": opened.link, "why": opened.why})


def missing() -> Response:
    """Say that there is nothing."""
    return PlainTextResponse("there is nothing here\n", 404)


def policy_for(html: str) -> str:
    """Give what a pane's document may do: run the scripts that its own writer put into it."""
    digests = (hashlib.sha256(code.encode()).digest() for code in SCRIPT.findall(html))
    allowed = " ".join(f"'sha256-{base64.b64encode(d).decode()}'" for d in digests)
    return POLICY.replace(
        "script-src 'self'", f"script-src {allowed or chr(39) + 'none' + chr(39)}"
    )

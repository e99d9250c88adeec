"""A briefing as web pages look: three kinds of site, each with what surrounds an article."""

from __future__ import annotations

import datetime
import zlib
from html import escape

from rendering.flow import Flow, Grid, Part
from rendering.surroundings import Surroundings, surroundings_of

_TAGS = {"zh": "zh-CN", "zh-Hant": "zh-TW", "en": "en"}
_COOKIES = """<div id="cookie-consent" class="cookie-banner" role="dialog"><p>{cookies}</p>
<button>OK</button></div>"""


def as_page(flow: Flow, name: str, published: datetime.date | None) -> bytes:
    """Return the briefing as a page of one of three sites, which `name` chooses."""
    site = _SITES[zlib.crc32(name.encode()) % len(_SITES)]
    return site(flow, surroundings_of(flow.lang), published).encode()


def _magazine(flow: Flow, around: Surroundings, day: datetime.date | None) -> str:
    """A site of today: landmarks, a side bar, comments."""
    related = "".join(
        f'<li><a href="/a/{at}">{escape(one)}</a></li>' for at, one in enumerate(around.related)
    )
    comments = "".join(
        f'<li class="comment"><article class="comment-body"><footer class="comment-meta">{who}</footer>'
        f"<p>{escape(words)}</p></article></li>"
        for who, words in around.comments
    )
    return f"""<!DOCTYPE html>
<html lang="{_TAGS.get(flow.lang, "en")}"><head><meta charset="utf-8">
<title>{escape(flow.title)} | {around.site}</title>
<meta property="og:site_name" content="{around.site}">{_time_meta(day)}
<style>body {{ font: 16px sans-serif }} .n2589 {{ color: red }}</style>
<script>var data = {{"cases": 12345, "seized": "6.7 tons"}};</script></head>
<body class="post-template single">
{_COOKIES.format(cookies=around.cookies)}
<header class="site-header"><a href="/">{around.site}</a>
<nav class="main-nav"><ul>{_links(around.menu)}</ul></nav></header>
<div class="ad-slot" id="ad-top"><a href="https://ads.example/1">{around.ad}</a></div>
<main><article class="post entry"><div class="entry-content">
{_body(flow, "h1", "h2")}
</div>
<div class="share-buttons"><a href="#">Facebook</a> <a href="#">X</a> <a href="#">WeChat</a></div>
</article>
<section class="related-posts"><h3>{around.related_head}</h3><ul>{related}</ul></section>
<section id="comments" class="comments-area"><h3>{around.comments_head}</h3>
<ol class="comment-list">{comments}</ol></section>
</main>
<aside class="sidebar"><h3>{around.most_read}</h3><ol>{_links(around.read)}</ol>
<div class="advert"><p>{around.ad}</p></div></aside>
<footer class="site-footer"><p>{around.rights}</p></footer>
</body></html>"""


def _office(flow: Flow, around: Surroundings, day: datetime.date | None) -> str:
    """A site of an authority: boxes without landmarks, a trail, tools, lists of links below."""
    links = "".join(f'<li><a href="./t{at}.html">{escape(one)}</a><span>08-0{at + 1}</span></li>'
                    for at, one in enumerate(around.related))  # fmt: skip
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{escape(flow.title)}_{around.site}</title>{_pub_meta(day)}</head>
<body><div class="top"><div class="logo">{around.site}</div><div class="menu"><ul>{_links(around.menu)}</ul></div></div>
<div class="crumbs">{" &gt; ".join(f'<a href="#">{one}</a>' for one in around.menu[:3])}</div>
<div class="wrap"><div class="left"><div class="content" id="zoom">
{_body(flow, "h1", "h3")}
</div><div class="tools"><a href="javascript:window.print()">{around.printing}</a>
<a href="javascript:window.close()">{around.closing}</a></div>
<div class="xgxw"><h4>{around.related_head}</h4><ul class="list">{links}</ul></div></div>
<div class="right"><div class="hot"><h4>{around.most_read}</h4><ul>{_links(around.read)}</ul></div></div></div>
<div class="bottom"><p>{around.rights}</p><p>{around.site} &nbsp;|&nbsp; {around.printing}</p></div>
<script>document.write("<p>98765 cases</p>")</script></body></html>"""


def _old(flow: Flow, around: Surroundings, day: datetime.date | None) -> str:
    """A page of long ago: tables that arrange it, font elements, end tags left out."""
    menu = "".join(f'<td align=center><a href="{at}.htm"><font size=2>{one}</font></a>'
                   for at, one in enumerate(around.menu))  # fmt: skip
    side = "".join(f'<tr><td><a href="n{at}.htm">{escape(one)}</a>' for at, one in enumerate(around.read))
    related = "<br>".join(f'<a href="r{at}.htm">{escape(one)}</a>' for at, one in enumerate(around.related))
    return f"""<HTML><HEAD><meta charset=utf-8><TITLE>{escape(flow.title)} - {around.site}</TITLE></HEAD>
<BODY bgcolor=white><table width=760 border=0 cellpadding=0><tr><td colspan=2><b>{around.site}</b>
<tr><td colspan=2><table width="100%"><tr>{menu}</table>
<tr><td width=160 valign=top><table><tr><th>{around.most_read}{side}</table>
<td valign=top>
{_body(flow, "h1", "h3", loose=True)}
<hr><b>{around.related_head}</b><br>{related}
<tr><td colspan=2 align=center><font size=1>{around.rights}</font></table></BODY></HTML>"""


_SITES = (_magazine, _office, _old)


def _time_meta(day: datetime.date | None) -> str:
    return f'<meta property="article:published_time" content="{day}T08:00:00+08:00">' if day else ""


def _pub_meta(day: datetime.date | None) -> str:
    return f'<meta name="PubDate" content="{day} 09:15" />' if day else ""


def _links(words: tuple[str, ...]) -> str:
    return "".join(f'<li><a href="/s/{at}">{escape(one)}</a></li>' for at, one in enumerate(words))


def _body(flow: Flow, top: str, below: str, loose: bool = False) -> str:
    """The article itself; `loose` leaves end tags of paragraphs out."""
    lines: list[str] = []
    listed = False
    for at, part in enumerate(flow.parts):
        is_item = isinstance(part, Part) and part.kind == "bullet"
        if is_item != listed:
            lines.append("<ul>" if is_item else "</ul>")
            listed = is_item
        lines.append(_table(part) if isinstance(part, Grid) else _part(part, top if not at else below, loose))
    return "\n".join([*lines, "</ul>" * listed])


def _part(part: Part, heading: str, loose: bool) -> str:
    words = escape(part.piece.text)
    if part.kind in ("title", "heading"):
        return f"<{heading}>{words}</{heading}>"
    if part.kind == "bullet":
        return f"<li>{words}</li>"
    return f"<p>{words}" + "</p>" * (not loose)


def _table(grid: Grid) -> str:
    rows = []
    for at, row in enumerate(grid.rows):
        tag = "th" if at < grid.heads else "td"
        rows.append("<tr>" + "".join(f"<{tag}>{escape(cell.text)}</{tag}>" for cell in row) + "</tr>")
    return '<table border="1" class="data">' + "\n".join(rows) + "</table>"

"""Pages of HTML: what is visible in them, what becomes of it, and that every line of it is accounted for."""

import gzip
import io
import json
from types import SimpleNamespace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleaner.core.edits import apply, invert
from cleaner.errors import UnreadableError
from cleaner.sources.html import decode_page, read_page

PARAGRAPHS = [
    "The council met on Tuesday evening and voted, by nine to four, to close the old bath in the north of the town.",
    "It was opened in 1931, and generations of children learned to swim there, said Jane Doe, who leads the swimmers' club.",
    "The building needs a new roof, new pipes and a new boiler, which together would cost more than three million pounds.",
    "Nobody on the council wanted to close it, the mayor said, but nobody could say where the money was to come from.",
    "A petition with six thousand names was handed over before the vote, and the gallery was full until midnight.",
    "The pool will stay open until the end of the summer; after that the nearest one is eleven miles away.",
]
TITLE = "Council closes the old bath"
HEAD = (
    f'<head><title>{TITLE} - The Gazette</title><meta property="og:title" content="{TITLE}">'
    '<meta property="article:published_time" content="2024-05-14T21:10:00Z"></head>'
)
MENU = "<nav class='menu'><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
RELATED = (
    "<div class='related-stories'><h3>More from The Gazette</h3>"
    "<a href='/1'>Library to open on Sundays</a><a href='/2'>New bus to the coast</a></div>"
)
FOOTER = "<footer><a href='/terms'>Terms</a> <a href='/privacy'>Privacy</a> Copyright The Gazette</footer>"
PAGE = (
    f"<!doctype html><html lang='en'>{HEAD}<body>{MENU}<article class='story'><h1>{TITLE}</h1>{BODY}</article>"
    f"{RELATED}{FOOTER}</body></html>"
)
EXTRACTORS = ("trafilatura", "resiliparse")
STORY = "\n\n".join(PARAGRAPHS) + "\n"


@pytest.fixture(scope="module")
def cleaners():
    from cleaner.api import Cleaner

    return {name: Cleaner.load(extractor=name) for name in (*EXTRACTORS, "rules")}


# --- what is visible ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One<p>Two", "One\n\nTwo\n"),
        ("<p>One <b>bold</b>, <i>two</i>.</p>", "One bold, two.\n"),
        ("<p>One<br>two</p>", "One\ntwo\n"),
        ("<p> much \n\t space </p>", "much space\n"),
        ("<ul><li>One</li><li>Two</li></ul><p>Three", "One\nTwo\n\nThree\n"),
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", "a\tb\nc\td\n"),
        ("<pre>one\n  two</pre>", "one\ntwo\n"),
        ("<a>Home</a><a>News</a>", "Home News\n"),
        ("<p>5 &lt; 6 &amp; 7</p>", "5 < 6 & 7\n"),
        ("<script>if (a<b) {x()}</script><style>p{}</style><p>One<!-- <p>two --></p>", "One\n"),
        ("<p>One</p><div hidden>Two</div><p style='display: none'>Three</p>", "One\n"),
        ("<p>a\u00a0b \u3000 c</p>", "a\u00a0b \u3000 c\n"),
        ("<svg><text>no</text></svg><p title='<p>not</p>'>One</p>", "One\n"),
        ("<p>One</b></i></div></p><td>Two", "One\n\nTwo\n"),
        ("Bare", "Bare\n"),
        ("<p>a\0b</p>", "ab\n"),
        ("<p>\ud800</p>", "\N{REPLACEMENT CHARACTER}\n"),
    ],
)
def test_the_visible_text(html, text):
    assert read_page(html).page.text == text


def test_a_story_hidden_behind_a_button_is_shown():
    html = f"<p>The council met.</p><div class='more' style='display:none'>{BODY}</div><p hidden>Cookies?</p>"
    page = read_page(html).page
    assert PARAGRAPHS[3] in page.text
    assert "Cookies?" not in page.text
    assert [block.hidden for block in page.blocks] == [False] + [True] * len(PARAGRAPHS)


def test_an_article_that_stands_in_the_page_s_data_alone_is_read():
    data = json.dumps({"@type": "NewsArticle", "articleBody": " ".join(PARAGRAPHS)})
    text = read_page(
        f"<p>Please switch on scripts.</p><script type='application/ld+json'>{data}</script>"
    ).page.text
    assert text == "Please switch on scripts.\n\n" + " ".join(PARAGRAPHS) + "\n"
    shown = read_page(f"{BODY}<script type='application/ld+json'>{data}</script>").page.text
    assert shown == STORY


def test_blocks_say_where_they_stand_and_what_they_are():
    page = read_page(PAGE).page
    by_text = {page.text[block.start : block.end]: block for block in page.blocks}
    assert page.describe_path(by_text["Home"]) == "nav.menu > ul > li"
    assert by_text["Home"].linked == 4
    assert by_text[TITLE].tag == "h1"
    assert by_text[PARAGRAPHS[0]].path[:1] == by_text[TITLE].path[:1]
    assert by_text[PARAGRAPHS[0]].linked == 0


# --- bytes -------------------------------------------------------------------------------------


def test_a_page_s_own_charset_is_believed_unless_it_is_utf_8():
    koi8 = "<meta charset=koi8-r><p>Привет, мир".encode("koi8-r")
    assert decode_page(koi8).text.endswith("Привет, мир")
    lying = "<meta charset=koi8-r><p>Привет, мир".encode()
    assert decode_page(lying).text.endswith("Привет, мир")
    assert decode_page("<p>Grüße".encode("cp1252"), "iso-8859-1").text == "<p>Grüße"


@pytest.mark.parametrize(
    "html", ["", "<p>", "<html><head><title>One</title></head></html>", "<script>one()</script>",
     "<html><frameset><frame src='a.html'><noframes>No frames?</noframes></frameset></html>"]
)  # fmt: skip
def test_a_page_without_text_cannot_be_read(html):
    with pytest.raises(UnreadableError, match="shows no text"):
        read_page(html)


@pytest.mark.parametrize(
    "html", ["<div>" * 50_000 + PAGE, "<div><p>x " * 5_000 + BODY, PAGE.replace("</p>", "</p></div>")]
)
def test_endless_nests_and_broken_tags_are_read(cleaners, html):
    for cleaner in cleaners.values():
        result = cleaner.clean_html(html, language="en")
        assert PARAGRAPHS[2] in result.source.text
        assert apply(result.text, invert(result.source.text, result.edits)) == result.source.text


def test_where_the_fast_parser_fails_a_tolerant_one_reads(monkeypatch):
    from cleaner.sources.html import markup

    def fail(_html):
        raise ValueError("no")

    monkeypatch.setattr(markup, "_parse_fast", fail)
    assert PARAGRAPHS[0] in read_page(PAGE).page.text
    monkeypatch.setattr(markup, "_parse_tolerantly", fail)
    with pytest.raises(UnreadableError, match="cannot be parsed"):
        read_page(PAGE)


# --- what becomes of it ------------------------------------------------------------------------


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_the_article_stays_and_every_line_that_goes_has_its_rule(cleaners, extractor):
    result = cleaners[extractor].clean_html(PAGE, url="https://gazette.example/bath")
    assert result.text.removeprefix(TITLE + "\n\n") == STORY
    assert result.meta["title"] == TITLE
    assert result.meta["published"] == "2024-05-14"
    causes = {result.source.text[edit.start : edit.end].strip(): edit.causes[0] for edit in result.edits}
    assert causes["Library to open on Sundays New bus to the coast"].rule.startswith("extract.")
    assert "div.related-stories" in causes["Library to open on Sundays New bus to the coast"].detail["path"]


def test_rules_alone_take_nothing_for_an_extractor(cleaners):
    result = cleaners["rules"].clean_html(PAGE)
    assert not any(cause.rule.startswith("extract.") for edit in result.edits for cause in edit.causes)
    assert STORY.strip() in result.text


def test_the_extractor_s_word_alone_counts_where_the_evidence_is_switched_off():
    from cleaner.api import Cleaner

    cleaner = Cleaner.load(disable=("extract.evidence",))
    rules = {cause.rule for edit in cleaner.clean_html(PAGE).edits for cause in edit.causes}
    assert "extract.trafilatura" in rules
    assert "extract.evidence" not in rules


def test_an_extractor_that_fails_is_flagged_and_the_article_is_found_without_it(cleaners, monkeypatch):
    from cleaner.sources.html import extractors

    def fail(_markup):
        raise RuntimeError("out of order")

    monkeypatch.setattr(extractors, "_ask_trafilatura", fail)
    result = cleaners["trafilatura"].clean_html(PAGE)
    assert [flag.why for flag in result.flags if flag.id == "extract.failed"] == [
        "trafilatura: RuntimeError: out of order"
    ]
    assert STORY.strip() in result.text


def test_a_page_in_which_no_article_is_seen_is_not_emptied(cleaners):
    links = "".join(f"<li><a href='/{n}'>A headline of some words, number {n}</a></li>" for n in range(30))
    result = cleaners["trafilatura"].clean_html(f"<ul>{links}</ul>")
    assert result.text
    assert "extract.doubtful" in {flag.id for flag in result.flags} or len(result.text.split()) >= 25


@pytest.mark.parametrize("extractor", ["trafilatura", "resiliparse"])
def test_a_page_of_one_short_line_keeps_it(cleaners, extractor):
    line = "The council met on Tuesday and voted to close the bath."
    assert cleaners[extractor].clean_html("<div>" * 3_000 + f"<p>{line}</p>").text.strip() == line
    assert cleaners[extractor].clean_html(f"<div><span>{line}</span></div>").text.strip() == line


def test_the_language_comes_from_the_text_and_from_the_page_where_the_text_is_short(cleaners):
    cleaner = cleaners["trafilatura"]
    assert cleaner.clean_html(PAGE.replace("lang='en'", "lang='de'")).context.language == "en"
    assert cleaner.clean_html("<html lang='fi-FI'><p>Ei.").context.language == "fi"


# --- metadata ----------------------------------------------------------------------------------


def linked(**fields):
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', **fields})}</script>"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (linked(headline="Bath closes", author={"name": "Jane Doe"}), {"title": "Bath closes", "authors": ["Jane Doe"]}),
        (linked(author=["Jane Doe", {"name": "Ann Poe"}]), {"authors": ["Jane Doe", "Ann Poe"]}),
        (linked(datePublished="2024-05-14T21:10:00+02:00"), {"published": "2024-05-14"}),
        (linked(keywords="bath, swimming", publisher={"name": "The Gazette"}), {"tags": ["bath", "swimming"], "publisher": "The Gazette"}),
        ('<meta name="author" content="Jane Doe and Ann Poe">', {"authors": ["Jane Doe", "Ann Poe"]}),
        ('<meta property="article:author" content="https://example.org/jane">', {}),
        ('<meta name="date" content="03/04/2023">', {}),
        ('<meta name="sailthru.date" content="May 15th, 2023">', {"published": "2023-05-15"}),
        ('<meta property="article:tag" content="bath"><meta property="article:tag" content="town">', {"tags": ["bath", "town"]}),
        ("<title>Bath &amp; town</title>", {"title": "Bath & town"}),
        ('<link rel="canonical" href="https://example.org/bath">', {"url": "https://example.org/bath"}),
        ("<script type='application/ld+json'>{broken</script>", {}),
        ("<script type='application/ld+json'>" + "[" * 5000 + "</script>", {}),
    ],
)  # fmt: skip
def test_metadata(head, expected):
    assert read_page(f"<html><head>{head}</head><body><p>One.</p></body></html>").meta == expected


def test_linked_data_win_over_meta_tags_and_a_conflict_is_flagged(cleaners):
    head = linked(datePublished="2024-05-14", headline=TITLE) + (
        '<meta property="article:published_time" content="2024-05-16"><meta property="og:title" content="Council closes">'
    )
    result = cleaners["trafilatura"].clean_html(f"<head>{head}</head>{BODY}")
    assert result.meta["published"] == "2024-05-14"
    assert [flag.why for flag in result.flags if flag.id == "metadata.conflict"] == [
        "published: 2024-05-14 (linked data), 2024-05-16 (meta tags)"
    ]


# --- laws --------------------------------------------------------------------------------------

TAGS = ["<p>", "</p>", "<div class=related>", "</div>", "<li>", "<a href=x>", "</a>", "<td>", "<pre>", "<svg>", "<!--", "-->",
        "<script>", "</script>", "<b>", "<br>", "<title>", "<div hidden>", "&amp;", "&#0;", "<", '"', *PARAGRAPHS]  # fmt: skip
SOUP = st.lists(
    st.one_of(st.sampled_from(TAGS), st.text(st.characters(exclude_categories=()), max_size=12)), max_size=30
).map("".join)


@given(SOUP, st.sampled_from([*EXTRACTORS, "rules"]))
@example("<p>\x00\ud800<div hidden>" + BODY, "trafilatura")
@example("<frameset><frame></frameset>", "trafilatura")
@settings(max_examples=120, deadline=None)
def test_any_page_is_cleaned_by_edits_that_can_be_undone(cleaners, html, extractor):
    cleaner = cleaners[extractor]
    try:
        result = cleaner.clean_html(html, language="en")
    except UnreadableError:
        return
    source = result.source.text
    assert apply(source, result.edits) == result.text
    assert apply(result.text, invert(source, result.edits)) == source
    assert cleaner.clean_html(html, language="en").edits == result.edits


@given(st.binary(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_cleaned_or_refused(cleaners, content):
    try:
        result = cleaners["trafilatura"].clean_html(b"<p>" + content)
    except UnreadableError:
        return
    assert apply(result.text, invert(result.source.text, result.edits)) == result.source.text


# --- the command line --------------------------------------------------------------------------


def read_lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_folder_of_pages(run, tmp_path):
    pages = tmp_path / "pages"
    (pages / "sub").mkdir(parents=True)
    for name in ("a.html", "sub/b.htm", "c.xhtml"):
        (pages / name).write_text(PAGE, encoding="utf-8")
    (pages / "d.txt").write_text(STORY, encoding="utf-8")
    (pages / "empty.html").write_text("<p>", encoding="utf-8")
    out = tmp_path / "out"
    assert run("clean", pages, "-o", out).code == 3
    names = sorted(path.relative_to(out / "text").as_posix() for path in (out / "text").rglob("*.txt"))
    assert names == ["a.html.txt", "c.xhtml.txt", "d.txt", "sub/b.htm.txt"]
    assert STORY in (out / "text" / "a.html.txt").read_text(encoding="utf-8")
    assert [(row["id"], row["reason"]) for row in read_lines(out / "quarantine.jsonl")] == [
        ("empty.html", "no-text")
    ]
    report = json.loads((out / "changes" / "a.html.txt.json").read_text(encoding="utf-8"))
    assert report["source"]["reversible"] == "text"
    assert report["metadata"]["title"] == TITLE
    assert run("undo", out, "-o", tmp_path / "back").code == 0
    assert (tmp_path / "back" / "a.html.txt").read_text(encoding="utf-8") == read_page(PAGE).page.text
    assert (tmp_path / "back" / "d.txt").read_text(encoding="utf-8") == STORY


def test_a_second_run_keeps_what_stands_and_another_extractor_redoes_it(run, tmp_path):
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    command = ["clean", tmp_path / "a.html", "-o", tmp_path / "out"]
    assert "1 cleaned" in run(*command).out
    assert "1 unchanged" in run(*command).out
    assert "1 cleaned" in run(*command, "--extractor", "rules").out


def test_pages_in_records_and_through_a_pipe(run, tmp_path, monkeypatch):
    def pipe(text, *options):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))
        return run("clean", "-", *options).out

    rows = [{"id": 1, "html": PAGE, "kind": "a"}, {"id": 2, "text": PAGE}, {"id": 3, "text": STORY}]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "a.jsonl").write_text(lines, encoding="utf-8")
    assert run("clean", tmp_path / "a.jsonl", "-o", tmp_path / "out").code == 0
    written = read_lines(tmp_path / "out" / "corpus" / "part-00000.jsonl")
    assert all(STORY in row["text"] for row in written)
    assert written[0]["metadata"]["kind"] == "a"
    filtered = pipe(lines, "--from", "jsonl", "--jobs", "1").splitlines()
    assert STORY in json.loads(filtered[0])["html"]
    assert STORY in pipe(PAGE, "--from", "html")


def test_pages_of_a_crawl(run, tmp_path):
    def response(body: bytes, head: str) -> bytes:
        content = f"HTTP/1.1 {head}\r\n\r\n".encode() + body
        lines = (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://gazette.example/bath\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        return lines.encode() + content + b"\r\n\r\n"

    html = PAGE.encode()
    chunked = (
        b"".join(f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in (html[:700], html[700:]))
        + b"0\r\n\r\n"
    )
    typed = "200 OK\r\nContent-Type: text/html; charset=utf-8"
    (tmp_path / "a.warc").write_bytes(
        response(html, typed)
        + response(gzip.compress(html), typed + "\r\nContent-Encoding: gzip")
        + response(chunked, typed + "\r\nTransfer-Encoding: chunked")
        + response(b"", "404 Not Found\r\nContent-Type: text/html")
        + response(b"", "404 Not Found\r\nContent-Type: text/html")
    )
    assert run("clean", tmp_path / "a.warc", "-o", tmp_path / "out").code == 0
    rows = read_lines(tmp_path / "out" / "corpus" / "part-00000.jsonl")
    assert [STORY in row["text"] for row in rows] == [True, True, True]
    assert rows[0]["metadata"]["url"] == "https://gazette.example/bath"
    skipped = json.loads((tmp_path / "out" / "manifest.json").read_bytes())["skipped"]
    assert skipped == [{"id": "a.warc", "reason": "2 of its records: a response with status 404"}]


def test_check_and_explain_and_diff_know_pages(run, tmp_path):
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    assert run("check", tmp_path / "a.html").code == 1
    assert "extract.trafilatura" in run("explain", f"{tmp_path / 'a.html'}:1").out
    assert "Library to open" in run("diff", tmp_path / "a.html").out


# --- bad pages ---------------------------------------------------------------------------------

PARTS = f"<article>{BODY}</article>"
BAD_PAGES = {
    "NUL bytes": PARTS.replace("council", "coun\0cil").replace("bath", "ba\0th"),
    "lone CR": f"<html>\r<body>\r{PARTS}\r</body>\r</html>".replace("</p>", "</p>\r"),
    "no body": f"<html><head><title>{TITLE}</title></head>{PARTS}</html>",
    "a huge script": f"<body><script>var a = '<body>' + '{'x' * 2_000_000}';</script>{PARTS}</body>",
    "pictures in the page": f"<body><img src='data:image/png;base64,{'iVBORw0KGgo' * 50_000}'>{PARTS}</body>",
    "XHTML": (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:fb="urn:fb" xml:lang="en">'
        f"<body><fb:like/>{PARTS}</body></html>"
    ),
    "conditional comments": f"<body><!--[if IE]><p>Old browser</p><![endif]-->{PARTS}<![endif]--></body>",
    "unclosed tags": "<body><div><article>" + "".join(f"<p>{paragraph}<b></i>" for paragraph in PARAGRAPHS),
    "template, noscript and svg": (
        f"<body><template><p>{'Made later. ' * 20}</p></template><noscript><p>{'Scripts, please. ' * 20}</p></noscript>"
        f"<svg><text>Drawn</text></svg>{PARTS}</body>"
    ),
}


@pytest.mark.parametrize("html", BAD_PAGES.values(), ids=BAD_PAGES)
@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_bad_pages_give_their_article(cleaners, extractor, html):
    text = cleaners[extractor].clean_html(html, language="en").text
    assert [line for line in text.split("\n") if line] == PARAGRAPHS


def test_a_page_from_right_to_left_keeps_its_letters(cleaners):
    line = (
        "\u0642\u0627\u0644 \u0631\u0626\u064a\u0633 \u0627\u0644\u0645\u062c\u0644\u0633 \u0625\u0646 "
        "\u0627\u0644\u0645\u0633\u0628\u062d \u0633\u064a\u063a\u0644\u0642 \u0641\u064a "
        "\u0646\u0647\u0627\u064a\u0629 \u0627\u0644\u0635\u064a\u0641\u060c "
    )
    lines = [f"{line * 3}{number}." for number in range(1, 6)]
    html = "<html dir='rtl' lang='ar'><body><article>" + "".join(f"<p>{text}</p>" for text in lines)
    result = cleaners["trafilatura"].clean_html(html)
    assert [text for text in result.text.split("\n") if text] == lines
    assert result.context.language == "ar"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-8", "cp1252"])
def test_bytes_of_pages_whose_charset_is_named_wrongly_or_not(cleaners, encoding):
    html = f"<html><head><meta charset='shift_jis'></head><body>{PARTS}</body></html>"
    html = html.replace("council", "caf\u00e9")
    if encoding == "cp1252":
        html = html.replace("shift_jis", "no-such")
    result = cleaners["trafilatura"].clean_html(html.encode(encoding), language="en")
    assert len([line for line in result.text.split("\n") if line]) == len(PARAGRAPHS)
    assert "caf\u00e9" in result.text


@pytest.mark.parametrize("content", [PAGE.encode("utf-16-le"), b"\x89PNG\r\n\x1a\n\0\0" * 40, b""])
def test_a_file_that_is_no_page_is_quarantined_and_its_neighbour_is_written(run, tmp_path, content):
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "bad.html").write_bytes(content)
    (pages / "good.html").write_text(PAGE, encoding="utf-8")
    assert run("clean", pages, "-o", tmp_path / "out").code == 3
    assert [row["id"] for row in read_lines(tmp_path / "out" / "quarantine.jsonl")] == ["bad.html"]
    assert STORY in (tmp_path / "out" / "text" / "good.html.txt").read_text(encoding="utf-8")


# --- what leaves the text and is kept ----------------------------------------------------------

CAPTION = "The bath in 1931"
WITH_PICTURE = PAGE.replace(
    f"<p>{PARAGRAPHS[2]}</p>",
    f"<figure class='image'><img src='a.jpg'><figcaption class='caption'>{CAPTION}</figcaption></figure><p>{PARAGRAPHS[2]}</p>",
)


def test_a_caption_that_leaves_the_text_is_in_the_metadata():
    from cleaner.api import Cleaner

    result = Cleaner.load().clean_html(WITH_PICTURE)
    assert CAPTION not in result.text
    assert result.meta["captions"] == [CAPTION]
    kept = Cleaner.load(captions="keep").clean_html(WITH_PICTURE)
    assert CAPTION in kept.text
    dropped = Cleaner.load(captions="drop").clean_html(WITH_PICTURE)
    assert CAPTION not in dropped.text
    assert "captions" not in dropped.meta


def test_a_headline_is_never_lost(cleaners):
    bare = PAGE.replace(HEAD, "<head></head>")
    for name in EXTRACTORS:
        result = cleaners[name].clean_html(bare)
        assert TITLE in result.text or result.meta["title"] == TITLE


@pytest.mark.parametrize("end", [".", ".\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"])
def test_a_standfirst_stays(cleaners, end):
    standfirst = (
        "Nine of thirteen members voted on Tuesday to close the pool, which needs three million pounds" + end
    )
    html = PAGE.replace("</h1>", f"</h1><p class='standfirst'>{standfirst}</p>")
    for name in EXTRACTORS:
        assert standfirst in cleaners[name].clean_html(html).text


def test_trafilatura_is_asked_for_what_the_page_s_data_leave_out(cleaners):
    byline = "<p class='byline'>By <a rel='author' href='/jane'>Jane Doe</a></p>"
    html = PAGE.replace("</h1>", f"</h1>{byline}")
    assert cleaners["trafilatura"].clean_html(html).meta["authors"] == ["Jane Doe"]
    named = html.replace("</head>", '<meta name="author" content="Ann Poe"></head>')
    assert cleaners["trafilatura"].clean_html(named).meta["authors"][0] == "Ann Poe"


def test_a_line_that_says_another_day_than_the_page_s_data_is_flagged():
    from cleaner.core.metadata import find_conflicts

    given = {"published": "2024-05-14", "authors": ["Jane Doe"]}
    assert find_conflicts(given, [("published", "2024-05-15")]) == [
        "published: 2024-05-14 (the source), 2024-05-15 (a line of the text)"
    ]
    assert find_conflicts(given, [("published", "2024-05-14"), ("authors", ["Jane Doe", "Ann Poe"])]) == []

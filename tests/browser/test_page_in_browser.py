"""The real page in headless Chromium: what a person sees, types and presses."""

import json
import re
import time
from pathlib import Path

import pytest
from forged_run import forge_run, remove

from cleaner.cli import main
from cleaner.core.document import Flag
from cleaner.core.edits import Cause, Edit
from cleaner.report.page import volumes, write_page

ROOT = Path(__file__).parent.parent.parent
VIEWS = ["#/", "#/documents", "#/document/1", "#/document/1/7", "#/rules", "#/rule/ad.marker"]
# Every text against what stands behind it, both as the browser computed them.
CONTRASTS = """() => {
  const parse = (value) => (value.match(/[\\d.]+/g) || []).map(Number);
  const over = (top, below) => { const a = top[3] === undefined ? 1 : top[3]; return [0, 1, 2].map((i) => top[i] * a + below[i] * (1 - a)); };
  const light = (rgb) => { const [r, g, b] = rgb.map((v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = (node) => { const chain = []; for (let n = node; n; n = n.parentElement) chain.push(parse(getComputedStyle(n).backgroundColor));
    return chain.reverse().reduce((below, top) => (top.length ? over(top, below) : below), [255, 255, 255]); };
  const faint = (node) => { let o = 1; for (let n = node; n; n = n.parentElement) o *= Number(getComputedStyle(n).opacity); return o; };
  const bad = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || node.closest("script, style, noscript, [aria-disabled], option") || !node.checkVisibility({ contentVisibilityAuto: true })) continue;
    const back = ground(node), text = parse(getComputedStyle(node).color).slice(0, 3);
    const [a, b] = [light(over([...text, faint(node)], back)), light(back)].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) bad.push(`${node.className} ${walk.currentNode.data.trim().slice(0, 30)} ${((a + 0.05) / (b + 0.05)).toFixed(2)}`);
  }
  return [...new Set(bad)];
}"""


def rows(page):
    return page.locator("table.documents tbody tr")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("address", VIEWS)
def test_every_view_fits_and_can_be_read(look, seeds, mixed, address, width, scheme):
    for report in (seeds, mixed):
        see_that_it_fits_and_can_be_read(look(report, address, width=width, scheme=scheme))


def see_that_it_fits_and_can_be_read(page):
    page.locator("summary").evaluate_all("nodes => nodes.forEach(node => { node.parentNode.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(CONTRASTS) == []
    assert page.locator("h1").count() == 1


def test_dark_is_dark(look, seeds):
    ground = "getComputedStyle(document.body).backgroundColor"
    assert look(seeds, scheme="dark").evaluate(ground) != look(seeds).evaluate(ground)


def write_shown(option, folder):
    """Write what an open option shows into the files that it names; their names."""
    shown = option.locator("pre[data-file]")
    names = shown.evaluate_all("nodes => nodes.map(node => node.dataset.file)")
    for name, text in zip(names, shown.all_text_contents(), strict=True):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(text)
    return names


def clean_again(source, folder):
    """Clean with the cleaner.toml of a folder; the output folder."""
    out = folder / "out"
    assert (
        main(["clean", str(source), "-o", str(out), "--config", str(folder / "cleaner.toml"), "--quiet"]) == 0
    )
    return out


def test_a_new_user_finds_the_rule_that_took_a_line_and_how_to_keep_it(look, seeds, tmp_path):
    page = look(seeds)
    page.keyboard.press("/")
    page.keyboard.type("Support independent journalism in Ukraine")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="line 10").click()
    side = page.locator("#side")
    side.get_by_role("heading", name="Why this was removed").wait_for()
    assert "donate.sentence" in side.inner_text()
    assert "Asks readers to pay for the site's journalism." in side.inner_text()
    side.get_by_text("Keep this text").click()
    option = side.locator(".option[open]")
    assert re.search(r'document = "[0-9a-f]{64}"\nstart = 504\nend = 569\n', option.inner_text())
    assert write_shown(option, tmp_path) == ["decisions.toml", "cleaner.toml"]
    seed = ROOT / "seeds" / "001_4d431bc3191b08b4.txt"
    out = clean_again(seed, tmp_path)
    kept = (out / "text" / seed.name).read_text(encoding="utf-8")
    assert "Support independent journalism in Ukraine. Join us in this fight.\n" in kept
    side.get_by_role("link", name="donate.sentence").click()
    page.get_by_role("heading", name="What it hit").wait_for()
    assert 'id = "donate.sentence"' in page.locator("main").inner_text()


def test_what_keeps_a_text_works_for_every_change(look, seeds, tmp_path):
    for number in range(5):
        page = look(seeds, f"#/document/{number}")
        page.get_by_label("spacing").check()
        for change in range(int(page.locator("#where").inner_text().split()[0])):
            page.keyboard.press("j")
            page.wait_for_function("at => view.chosen === at", arg=change)
            write_shown(page.locator(".option", has_text="Keep this text").first, tmp_path)
    (tmp_path / "cleaner.toml").write_text('decisions = "decisions.toml"\n', encoding="utf-8")
    out = clean_again(ROOT / "seeds", tmp_path)
    for seed in (ROOT / "seeds").iterdir():
        kept = (out / "text" / seed.name).read_text(encoding="utf-8")
        # Where the last line stays, it gets the break at its end that it never had.
        assert kept.removesuffix("\n") == seed.read_text(encoding="utf-8").removesuffix("\n")


@pytest.mark.parametrize(
    "rule",
    [
        "donate.sentence",
        "live-feed.timed-items",
        "layout.blank-lines",
        "title-duplicate.repeated",
        "repair.homoglyph",
    ],
)
def test_what_switches_a_rule_off_works(look, seeds, tmp_path, rule):
    page = look(seeds, f"#/rule/{rule}")
    options = page.locator("main .columns > div .option")
    for place, title in enumerate([f"Switch {rule} off", "Switch it off in some documents"]):
        folder = tmp_path / str(place)
        folder.mkdir()
        assert write_shown(options.filter(has_text=title), folder) == ["cleaner.toml"]
        before = (seeds.parent / "changes").iterdir()
        (changed, *_) = sorted(
            path for path in before if path.suffix == ".json" and f'"{rule}"' in path.read_text("utf-8")
        )
        seed = ROOT / "seeds" / changed.name.removesuffix(".json")
        report = clean_again(seed, folder) / "changes" / changed.name
        assert f'"rule": "{rule}"' not in report.read_text(encoding="utf-8")


def test_a_miss_is_taught_to_a_rule_of_ones_own(look, tmp_path, capsys):
    source = tmp_path / "in" / "a.txt"
    source.parent.mkdir()
    story = "The council met for three hours on Tuesday and voted, by nine to four, to close the bath."
    source.write_text(
        f"{story}\n\nSupport our journalism in the old harbour.\n\n{story.replace('bath', 'hall')}\n",
        encoding="utf-8",
    )
    assert main(["clean", str(source.parent), "-o", str(tmp_path / "first"), "--quiet"]) == 0
    page = look(tmp_path / "first" / "report.html", "#/rule/donate.sentence")
    option = page.locator(".hits .option", has_text="add a miss")
    option.locator("summary").click()
    assert write_shown(option, tmp_path) == ["house.toml", "cleaner.toml"]
    house = tmp_path / "house.toml"
    capsys.readouterr()
    assert main(["rules", "test", str(house)]) == 2
    said = capsys.readouterr().err
    assert "donate.my-sentence: hits 'Support our journalism in the old harbour.', which must stay" in said
    assert said.count("\n") == 1
    narrow = house.read_text(encoding="utf-8").replace(r"\b(?:ministers?", r"\b(?:harbour|ministers?")
    house.write_text(narrow, encoding="utf-8")
    assert main(["rules", "test", str(house)]) == 0
    report = (clean_again(source.parent, tmp_path) / "changes" / "a.txt.json").read_text(encoding="utf-8")
    assert "donate" not in report.partition('"hints"')[0]


def test_what_teaches_a_miss_is_a_good_pack_for_every_rule(look, seeds, tmp_path, capsys):
    page = look(seeds, "#/rules")
    rules = page.evaluate("RUN.rules.filter(rule => rule.pack && rule.words).map(rule => rule.id)")
    assert len(rules) > 10
    for number, rule in enumerate(rules):
        page.goto(seeds.as_uri() + f"#/rule/{rule}")
        page.wait_for_function("id => document.querySelector('h1').textContent === id", arg=rule)
        folder = tmp_path / str(number)
        folder.mkdir()
        write_shown(page.locator(".hits .option", has_text="add a miss").first, folder)
        capsys.readouterr()
        code = main(["rules", "test", str(folder / "house.toml")])
        said = capsys.readouterr().err
        assert code == 0 or (said.count("\n") == 1 and "which must stay" in said), said


def test_a_hint_can_be_let_loose(look, tmp_path):
    pack = tmp_path / "mine.toml"
    pack.write_text(
        '[pack]\nname = "mine"\nversion = "1.0.0"\n\n[[rule]]\nid = "ad.mugs"\nwhy = "Our shop."\nscope = "line"\n'
        'safety = "hint"\nlines = ["buy our mugs"]\nhits = ["Buy our mugs"]\nmisses = ["Buy our mugs, he said."]\n',
        encoding="utf-8",
    )
    source = tmp_path / "in" / "a.txt"
    source.parent.mkdir()
    source.write_text(
        "The council met on Tuesday.\n\nBuy our mugs\n\nThe bath will close.\n", encoding="utf-8"
    )
    arguments = ["--quiet", "--rules", "news", str(pack)]
    assert main(["clean", str(source.parent), "-o", str(tmp_path / "out"), *arguments]) == 0
    page = look(tmp_path / "out" / "report.html", "#/document/0")
    assert page.locator("#text mark").all_text_contents() == ["Buy our mugs"]
    page.keyboard.press("h")
    side = page.locator("#side")
    assert "A hint: nothing was changed" in side.inner_text()
    write_shown(side.locator(".option", has_text="Let ad.mugs act"), tmp_path)
    arguments = ["--quiet", "--rules", "news", str(pack), "--config", str(tmp_path / "cleaner.toml")]
    assert main(["clean", str(source.parent), "-o", str(tmp_path / "out"), *arguments]) == 0
    assert "mugs" not in (tmp_path / "out" / "text" / "a.txt").read_text(encoding="utf-8")


def test_hints_are_marked_where_they_stand(look, tmp_path):
    text = "\U0001f3ca Swim \U0001f3ca now.\nAdvertisement\nThe doctors was right, and left left.\n\nEnd\n"
    spans = [text[2:6], "Advertisement\nThe", "doctors was", "was right", "left left"]
    hints = [
        Edit(text.index(span), text.index(span) + len(span), "", (Cause("translation.x", "normalise"),))
        for span in spans
    ]
    end = text.index("End")
    hints.append(Edit(end, end, "x", (Cause("translation.here", "normalise"),)))
    forge_run(tmp_path, [("a.txt", text, remove(text, "Advertisement\n"))], hints=hints)
    page = look(write_page(tmp_path).path, "#/document/0")
    for number, span in enumerate([*spans, "E"]):
        marks = page.locator(f'mark[data-hints~="{number}"]').all_text_contents()
        assert "".join(marks) == span.replace("\n", "")
    assert page.locator("[data-label]").count() == len(hints)
    assert "translation.here" in page.locator(".line", has_text="End").inner_text()
    page.keyboard.press("3")
    assert page.locator("#text").text_content().count("translation.x") == 5
    page.locator("mark", has_text="left left").click()
    assert "left left" in page.locator("#side blockquote").inner_text()


def test_duplicates_name_their_keepers(look, tmp_path):
    text = "The council met.\nThe council met for three hours on Tuesday.\n"
    keeper = {"id": "a.txt", "line": 2, "similarity": 0.93, "verdict": "same", "indexed": False}
    edits = remove(
        text,
        "The council met for three hours on Tuesday.\n",
        "duplicate.near",
        "dedupe",
        {"keeper": keeper, "reason": "the same facts"},
    )
    pages = remove(text, "The council met.\n", "extract.navigation", "extract", {"score": 0.1})
    flags = [Flag("duplicate.document", "nearly all of it stands in a.txt")]
    forge_run(tmp_path, [("a.txt", text, []), ("b.txt", text, edits), ("c.txt", text, pages)], flags=flags)
    rows = [
        {"kind": "decided"},
        {"kind": "document", "id": "b.txt", "keeper": "a.txt", "complete": True, "left_out": False},
        {"kind": "document", "id": "gone.txt", "keeper": "a.txt", "complete": True, "left_out": True},
    ]
    (tmp_path / "duplicates.jsonl").write_text(
        "".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8"
    )
    page = look(write_page(tmp_path).path)
    said = page.locator("main").inner_text()
    assert re.search(r"b\.txt\s+a\.txt\s+kept, and flagged", said)
    assert re.search(r"gone\.txt\s+a\.txt\s+left out", said)
    assert "Page furniture" in said
    page.get_by_role("link", name="b.txt, line 2").click()
    page.wait_for_selector("#text")
    page.keyboard.press("j")
    side = page.locator("#side").inner_text()
    assert "The copy that stays: a.txt, line 2. Verdict: same. Similarity: 0.93" in side
    assert "the same facts" in side
    page.locator("#side").get_by_role("link", name="line 2").click()
    page.wait_for_function("() => document.querySelector('h1').textContent === 'a.txt'")
    assert "hours" in page.locator(".line.chosen").inner_text()


def test_search_sort_and_filter(look, mixed):
    page = look(mixed, "#/documents")
    everything = rows(page).count()
    assert everything == 33
    page.get_by_role("searchbox").fill("town 7 closes")
    assert rows(page).count() == 1
    page.get_by_role("searchbox").fill("")
    page.get_by_label("Site").select_option("south/")
    assert rows(page).count() == 10
    assert "site=south" in page.url
    page.get_by_label("Site").select_option("")
    page.get_by_label("Rule").select_option("share.bar")
    assert rows(page).count() == 1
    page.get_by_label("Rule").select_option("")
    page.get_by_label("Category").select_option("normalise")
    assert 30 <= rows(page).count() < everything
    page.get_by_label("Category").select_option("")
    page.get_by_label("Lost more than").select_option("75")
    assert rows(page).count() == 1
    page.get_by_label("Lost more than").select_option("")
    page.get_by_label("Lost at most").select_option("75")
    assert rows(page).count() == everything - 1
    page.get_by_label("Lost at most").select_option("")
    page.get_by_role("button", name="Document").click()
    names = [text.split("\n")[-1] for text in rows(page).locator("th").all_inner_texts()]
    page.get_by_role("button", name="Document").click()
    assert page.locator("th[aria-sort=descending]").count() == 1
    assert [text.split("\n")[-1] for text in rows(page).locator("th").all_inner_texts()] != names


def test_search_says_what_it_searches_and_finds_it(look, mixed, large):
    page = look(mixed, "#/documents")
    assert (
        "Names, titles, sites, rules; from three letters on also the whole text of the 33 documents"
        in page.locator("main form").inner_text()
    )
    search = page.get_by_role("searchbox")
    search.fill("share.bar")
    assert rows(page).count() == 1
    search.fill("will not HOLD another winter")
    page.wait_for_function("() => document.querySelectorAll('table.documents tbody tr').length === 31")
    assert "kept:" in rows(page).first.inner_text()
    assert rows(page).first.locator("mark").inner_text() == "will not hold another winter"
    rows(page).first.get_by_role("link", name="line").click()
    page.wait_for_selector(".line.chosen")
    assert "another winter" in page.locator(".line.chosen").inner_text()
    page.goto(mixed.as_uri() + "#/documents?search=no%20such%20words")
    page.get_by_text("No document is like that.").wait_for()
    page = look(large, "#/documents")
    page.get_by_role("searchbox").fill("town 1777 met")
    page.wait_for_function("() => document.querySelectorAll('table.documents tbody tr').length === 1")


def test_the_overview_leads_to_what_it_counts(look, mixed):
    page = look(mixed)
    for section in page.locator("section", has=page.get_by_role("heading", name="How much")).all():
        band = section.get_by_role("row").filter(has=page.get_by_role("link")).last
        counted = band.locator("td").last.inner_text()
        band.get_by_role("link").click()
        page.wait_for_selector("table.documents")
        assert rows(page).count() == int(counted)
    page.goto(mixed.as_uri() + "#/")
    page.get_by_role("link", name="flagged").first.click()
    page.wait_for_selector("table.documents")
    assert "only furniture.txt" in rows(page).first.inner_text()
    page.goto(mixed.as_uri() + "#/")
    page.get_by_role("link", name="1 input in quarantine").click()
    page.wait_for_function(
        "() => document.querySelector('#quarantine').getBoundingClientRect().top < innerHeight"
    )


def test_going_back_finds_the_filters_again(look, mixed):
    page = look(mixed, "#/documents?site=south%2F&sort=id")
    rows(page).first.get_by_role("link").first.click()
    page.wait_for_selector("#text")
    assert "1 of 10" in page.locator(".trail").inner_text()
    page.go_back()
    page.wait_for_selector("table.documents")
    assert rows(page).count() == 10


def test_keys(look, seeds):
    page = look(seeds)
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()
    page.goto(seeds.as_uri() + "#/documents")
    page.wait_for_selector("table.documents")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_selector("#text")
    first = page.locator("h1").inner_text()
    page.keyboard.press("j")
    place, _, count = page.locator("#where").inner_text().partition(" of ")
    assert place == "1"
    assert int(count) > 5
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.locator("#where").inner_text() == f"1 of {count}"
    page.keyboard.press("Escape")
    assert page.locator("#where").inner_text() == f"{count} changes"
    page.keyboard.press("]")
    page.wait_for_function("text => document.querySelector('h1').textContent !== text", arg=first)
    page.keyboard.press("[")
    page.wait_for_function("text => document.querySelector('h1').textContent === text", arg=first)
    page.keyboard.press("u")
    page.wait_for_selector("table.documents")
    page.keyboard.press("u")
    page.wait_for_selector(".tiles")


@pytest.mark.parametrize("address", [*VIEWS, "#/document/2"])
def test_everything_is_reached_by_keyboard(look, seeds, address):
    page = look(seeds, address)
    wanted = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input, select, summary, pre, [tabindex="0"]')]
          .filter(node => node.checkVisibility() && !node.matches('[data-choose], .skip') && !node.closest('dialog'))
          .map((node, at) => { node.dataset.wanted = at; return [String(at), node.type === 'radio' && !node.checked]; })"""
    )
    reached = set()
    for _ in range(len(wanted) + 10):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.dataset.wanted"))
        assert (
            page.evaluate(
                "document.activeElement === document.body || getComputedStyle(document.activeElement.nextElementSibling && document.activeElement.type === 'radio' ? document.activeElement.nextElementSibling : document.activeElement).outlineStyle"
            )
            != "none"
        )
    assert {at for at, by_arrow in wanted if not by_arrow} <= reached


def test_the_four_readings(look, seeds):
    page = look(seeds, "#/document/1")
    text = page.locator("#text")
    line = "Support independent journalism in Ukraine"
    assert line in text.text_content()
    assert text.locator("del").count() > 20
    page.keyboard.press("3")
    assert line not in text.text_content()
    cleaned = (seeds.parent / "text" / "001_4d431bc3191b08b4.txt").read_text(encoding="utf-8")
    shown = text.evaluate(
        "node => [...node.querySelectorAll('.line-text')].map(one => one.textContent).join('\\n') + '\\n'"
    )
    assert shown == cleaned
    page.keyboard.press("2")
    source = "node => [...node.querySelectorAll('.line-text')].map(one => one.textContent).join('\\n')"
    assert line in text.text_content()
    assert text.locator("del").count() == 0
    assert text.evaluate(source) == (ROOT / "seeds" / "001_4d431bc3191b08b4.txt").read_text(encoding="utf-8")
    page.get_by_role("radio", name="Only changes").check()
    assert "unchanged lines" in text.text_content()
    assert "atrocities committed in Ukraine" not in text.text_content()
    page.get_by_label("spacing").check()
    assert "layout.edges" in text.text_content()


def test_hostile_text_is_only_text(look, mixed):
    page = look(mixed, "#/documents?search=%3Cimg")
    rows(page).first.get_by_role("link").first.click()
    page.wait_for_selector("#text")
    for key in "2341":
        page.keyboard.press(key)
    assert "</script><script>window.stolen = 1</script>" in page.locator("#text").text_content()
    assert page.locator("img").count() == 0
    assert "\u2039202E\u203a" in page.locator("#text").text_content(), (
        "a letter that turns the line around is shown by its code"
    )
    for address in ("#/", "#/rules", "#/rule/%3Cimg%3E", "#/document/999", "#/document/x", "#/nonsense"):
        page.goto(mixed.as_uri() + address)
        page.wait_for_selector("main h1")
    assert page.evaluate("window.stolen") is None


def test_the_policy_stops_a_script_that_got_in(chromium, seeds):
    page = chromium.new_context().new_page()
    page.goto(seeds.as_uri())
    page.evaluate(
        """() => { const s = document.createElement("div"); try { s.innerHTML = "<img src=x onerror='window.stolen=1'>"; document.body.append(s); } catch (e) { window.refused = e.name; } }"""
    )
    assert page.evaluate("window.refused") == "TypeError"
    assert page.evaluate("window.stolen") is None


def test_the_overview_names_what_a_person_must_look_at(look, mixed):
    text = look(mixed).locator("main").inner_text()
    assert "only furniture.txt" in text
    assert "broken.txt" in text
    assert "read as" in text
    assert "north/" in text


def test_two_thousand_documents_open_within_a_second(look, large):
    page = look(large)
    took = page.evaluate("performance.now()")
    assert took < 5000, "a bound for slow machines; docs/report.md has the figure"
    page.goto(large.as_uri() + "#/documents")
    page.wait_for_selector("table.documents")
    assert "2,001 documents" in page.locator("main").inner_text()
    page.get_by_role("searchbox").fill("town-1234")
    assert rows(page).count() == 1
    rows(page).first.get_by_role("link").first.click()
    page.wait_for_selector("#text del")


def test_an_index_leads_into_its_parts_and_back(look, tmp_path, monkeypatch):
    monkeypatch.setattr(volumes, "CHANGED_DOCUMENTS", 10)
    text = "Advertisement\nThe council of town {} met on Tuesday.\n"
    documents = [
        (f"{at:02}.txt", text.format(at), remove(text.format(at), "Advertisement\n")) for at in range(25)
    ]
    page = look(write_page(forge_run(tmp_path, documents)).path)
    assert "its documents stand in 3 parts" in page.locator("main").inner_text()
    page.goto(page.url.partition("#")[0] + "#/documents")
    page.wait_for_selector("table.documents")
    assert "To search in texts, open one of the parts." in page.locator("main form").inner_text()
    page.get_by_role("searchbox").fill("13.txt")
    assert rows(page).count() == 1
    page.get_by_role("link", name="13.txt").click()
    page.wait_for_selector("#text del")
    assert "part-0002.html" in page.url
    assert page.locator("h1").inner_text() == "13.txt"
    page.keyboard.press("u")
    page.wait_for_selector("table.documents")
    page.get_by_role("searchbox").fill("town 17 met")
    page.wait_for_function("() => document.querySelectorAll('table.documents tbody tr').length === 1")
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    page.wait_for_selector(".tiles")
    assert "Part 2 of the report" in page.locator("h1").inner_text()
    page.keyboard.press("u")
    page.wait_for_function("() => location.href.endsWith('/report.html')")


def test_a_document_with_five_thousand_edits(look, large):
    page = look(large, "#/document/0")
    assert "5,000 changes" in page.locator("main").inner_text()
    begin = time.monotonic()
    page.keyboard.press("k")
    page.wait_for_function("() => document.querySelector('#where').textContent === '5,000 of 5,000'")
    page.keyboard.press("4")
    page.keyboard.press("k")
    page.wait_for_function("() => document.querySelector('#where').textContent === '4,999 of 5,000'")
    assert time.monotonic() - begin < 20


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_print_shows_the_text_without_the_tools(look, seeds, scheme):
    page = look(seeds, "#/document/1", scheme=scheme)
    page.emulate_media(media="print")
    assert not page.locator(".toolbar").is_visible()
    assert not page.locator(".bar").is_visible()
    assert page.locator("#text del").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate(CONTRASTS) == []
    page.goto(seeds.as_uri() + "#/")
    page.wait_for_selector(".tiles")
    assert not page.get_by_role("searchbox").is_visible()
    assert page.evaluate(CONTRASTS) == []

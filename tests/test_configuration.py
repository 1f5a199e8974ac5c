"""A project's configuration: packs, switches, sites by folder, ignores by file, decisions that keep a span."""

import hashlib

import pytest

STORY = "The council met for three hours on Tuesday and voted, by nine to four, to close the bath.\n"


@pytest.fixture
def project(tmp_path):
    (tmp_path / "in" / "old").mkdir(parents=True)
    for name in ("in/a.txt", "in/old/b.txt"):
        (tmp_path / name).write_text(f"Advertisement\n\n{STORY}\nShare via\n", encoding="utf-8")
    return tmp_path


def text(project, name):
    return (project / "out" / "text" / name).read_text(encoding="utf-8")


def test_the_nearest_configuration_is_found(run, project):
    (project / "cleaner.toml").write_text('disable = ["ad.*"]\n', encoding="utf-8")
    assert run("clean", "a.txt", "-o", "../out", cwd=project / "in").code == 0
    assert text(project, "a.txt") == f"Advertisement\n\n{STORY}"


def test_a_table_of_pyproject_does_as_well(run, project):
    (project / "pyproject.toml").write_text('[tool.cleaner]\ndisable = ["share.*"]\n', encoding="utf-8")
    run("clean", "in", "-o", "out", cwd=project)
    assert "Share via" in text(project, "a.txt")


def test_a_pyproject_without_the_table_is_passed_over(run, project):
    (project / "pyproject.toml").write_text('[project]\nname = "x"\n', encoding="utf-8")
    run("clean", "in", "-o", "out", cwd=project)
    assert text(project, "a.txt") == STORY


def test_an_option_wins(run, project):
    (project / "c.toml").write_text('captions = "drop"\nlevel = "aggressive"\n', encoding="utf-8")
    assert run("clean", "in", "-o", "out", "--config", "c.toml", "--level", "safe", cwd=project).code == 0
    assert '"level": "safe"' in (project / "out" / "manifest.json").read_text(encoding="utf-8")
    assert '"captions": "drop"' in (project / "out" / "manifest.json").read_text(encoding="utf-8")


def test_rules_may_rest_in_some_files(run, project):
    (project / "cleaner.toml").write_text('[per-file-ignores]\n"old/*" = ["ad.*"]\n', encoding="utf-8")
    run("clean", "in", "-o", "out", cwd=project)
    assert text(project, "a.txt") == STORY
    assert text(project, "old/b.txt") == f"Advertisement\n\n{STORY}"


def test_a_folder_brings_its_site_pack(run, project):
    (project / "site.toml").write_text(
        '[pack]\nname = "x"\nversion = "1.0.0"\nsites = ["example.org"]\n[[rule]]\nid = "nav.bath"\nwhy = "w"\n'
        'scope = "line"\nregex = "the council.*"\nhits = ["The council"]\nmisses = ["A council"]\n',
        encoding="utf-8",
    )
    (project / "cleaner.toml").write_text(
        'rules = ["news", "site.toml"]\n[sites]\n"old/" = "www.example.org"\n', encoding="utf-8"
    )
    run("clean", "in", "-o", "out", cwd=project)
    assert text(project, "a.txt") == STORY
    assert text(project, "old/b.txt") == ""


def test_a_decision_keeps_one_span_in_one_document(run, project):
    source = (project / "in" / "a.txt").read_text(encoding="utf-8")
    key = hashlib.sha256(source.encode()).hexdigest()
    (project / "decisions.toml").write_text(
        f'[[keep]]\ndocument = "{key}"\nstart = 0\nend = 13\nwhy = "It is the story."\n', encoding="utf-8"
    )
    (project / "cleaner.toml").write_text('decisions = "decisions.toml"\n', encoding="utf-8")
    (project / "in" / "old" / "b.txt").write_text(source + "More.\n", encoding="utf-8")
    run("clean", "in", "-o", "out", cwd=project)
    assert text(project, "a.txt") == f"Advertisement\n\n{STORY}"
    assert "Advertisement" not in text(project, "old/b.txt")
    assert '"lost": []' not in (project / "out" / "changes" / "a.txt.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('packs = ["news"]', "unknown key 'packs'"),
        ("level = 3", "level is a string"),
        ('level = "bold"', "level is one of safe, standard, aggressive"),
        ('disable = "ad.*"', "disable is a list of strings"),
        ("level =", "TOML syntax"),
        ('rules = ["missing.toml"]', "no such rule pack"),
        ('decisions = "missing.toml"', "cannot be read"),
    ],
)
def test_a_mistake_in_the_configuration_is_named(run, project, content, says):
    (project / "cleaner.toml").write_text(content, encoding="utf-8")
    answer = run("clean", "in", "-o", "out", cwd=project)
    assert answer.code == 2
    assert says in answer.err
    assert "missing.toml" in answer.err or "cleaner.toml" in answer.err
    assert not (project / "out").exists()


def test_a_file_looked_at_alone_is_explained_as_the_run_over_its_folder_treats_it(run, project):
    (project / "site.toml").write_text(
        '[pack]\nname = "x"\nversion = "1.0.0"\nsites = ["example.org"]\n[[rule]]\nid = "nav.bath"\nwhy = "w"\n'
        'scope = "line"\nregex = "the council.*"\nhits = ["The council"]\nmisses = ["A council"]\n',
        encoding="utf-8",
    )
    (project / "cleaner.toml").write_text(
        'rules = ["news", "site.toml"]\n[sites]\n"old/" = "example.org"\n[per-file-ignores]\n"old/*" = ["share.*"]\n',
        encoding="utf-8",
    )
    served = run("explain", "in/old/b.txt", cwd=project).out
    assert "nav.bath" in served
    assert "share." not in served
    other = run("explain", "in/a.txt", cwd=project).out
    assert "nav.bath" not in other
    assert "share." in other

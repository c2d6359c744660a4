"""The Dockerfile, the compose file and the proxies name what exists, and keep to their promises."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from badger_core.cli import app as studio
from badger_core.cli.app_server import served
from badger_core.paths import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
LINES = DOCKERFILE.replace("\\\n", " ").splitlines()
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
TEXTS = {
    name: (ROOT / name).read_text(encoding="utf-8")
    for name in (
        ".dockerignore",
        ".github/workflows/ci.yml",
        "Dockerfile",
        "compose.yaml",
        "constraints-torch.txt",
        "constraints.txt",
        "deploy/Caddyfile",
        "deploy/nginx.conf",
        "docs/DEPLOY.md",
        "docs/LICENCES.md",
        "docs/RELEASE.md",
    )
}


def instructions(name: str) -> list[str]:
    return [line.split(maxsplit=1)[1] for line in LINES if line.startswith(name + " ")]


def copied() -> list[str]:
    """What COPY takes from the project's folder."""
    words = [shlex.split(one) for one in instructions("COPY") if "--from" not in one]
    return [source for one in words for source in one[:-1]]


def test_every_source_of_a_copy_exists_and_is_let_in():
    assert len(copied()) > 10
    let_in = {line[1:] for line in TEXTS[".dockerignore"].splitlines() if line.startswith("!")}
    for source in copied():
        assert (ROOT / source).exists(), source
        assert any(Path(source).is_relative_to(one) for one in let_in), source


def test_all_that_goes_into_the_wheel_is_copied():
    import setup as packaging

    for name in packaging.SHIPPED:
        assert any(Path(name).is_relative_to(source) for source in copied()), name


def test_the_last_stage_has_a_user_without_rights_a_health_check_and_no_tools():
    last = LINES[max(at for at, line in enumerate(LINES) if line.startswith("FROM ")) :]
    joined = "\n".join(last)
    assert "\nUSER 10001" in joined
    assert not re.search(r"pip install|apt-get|curl|wget", joined)
    assert joined.index("USER 10001") < joined.index("ENTRYPOINT")
    assert instructions("HEALTHCHECK")


def test_what_the_container_starts_is_a_command():
    (entry,), (command,) = instructions("ENTRYPOINT"), instructions("CMD")
    assert yaml.safe_load(entry) == ["badger"]
    first, *rest = yaml.safe_load(command)
    assert first == "app"
    assert rest == COMPOSE["services"]["badger"]["command"][1:3]
    assert f"EXPOSE {studio.PORT}" in LINES


def check() -> list[str]:
    return yaml.safe_load(instructions("HEALTHCHECK")[0].partition("CMD ")[2])


@pytest.mark.slow
def test_the_health_check_is_content_with_a_live_app_and_not_without_one():
    program, flag, code = check()
    assert (program, flag) == ("python", "-c")
    with served() as server:
        here = code.replace(f"http://127.0.0.1:{studio.PORT}", server.url)
        assert here != code
        assert subprocess.run([sys.executable, flag, here]).returncode == 0
    ended = subprocess.run([sys.executable, flag, here], capture_output=True)
    assert ended.returncode != 0


def test_the_app_has_no_way_out_and_is_reached_through_the_proxy_alone():
    app, proxy = COMPOSE["services"]["badger"], COMPOSE["services"]["proxy"]
    assert "ports" not in app
    assert app["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert set(proxy["networks"]) == {"inside", "front"}
    assert (app["read_only"], app["cap_drop"]) == (True, ["ALL"])
    for mapping in proxy["ports"]:
        assert re.fullmatch(r"\$\{\w+:-127\.0\.0\.1:\d+\}:\d+", mapping), mapping


def test_what_compose_mounts_and_builds_exists():
    assert (ROOT / "deploy" / "Caddyfile").is_file()
    mounts = [v for one in COMPOSE["services"].values() for v in one["volumes"]]
    assert "./deploy/Caddyfile:/etc/caddy/Caddyfile:ro" in mounts
    named = {v.partition(":")[0] for v in mounts if not v.startswith(".")}
    assert named == set(COMPOSE["volumes"])
    for argument in COMPOSE["services"]["badger"]["build"]["args"]:
        assert f"ARG {argument}" in DOCKERFILE


def test_the_proxies_pass_websockets_on_and_let_the_largest_upload_through():
    nginx, caddy = TEXTS["deploy/nginx.conf"], TEXTS["deploy/Caddyfile"]
    assert "proxy_set_header Upgrade $http_upgrade;" in nginx
    assert "proxy_set_header Connection $connection_upgrade;" in nginx
    assert "proxy_http_version 1.1;" in nginx
    assert "proxy_set_header Host $host;" in nginx
    assert nginx.count("{") == nginx.count("}")
    assert caddy.count("{") == caddy.count("}")
    for text in (nginx, caddy):
        assert f"badger:{studio.PORT}" in text
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    most = settings["server"]["maxUploadSize"]
    (of_nginx,) = map(int, re.findall(r"client_max_body_size (\d+)m;", nginx))
    (of_caddy,) = map(int, re.findall(r"max_size (\d+)MB", caddy))
    assert min(of_nginx, of_caddy) > most


@pytest.mark.parametrize("name", TEXTS)
def test_no_registry_and_no_machine_is_named(name):
    text = TEXTS[name]
    assert not re.search(r"https?://[\w.-]*(pypi|pythonhosted|pytorch|conda|jfrog|nexus)", text)
    assert not re.search(r"(index-url|find-links)[ =]+(https?|file):", text)
    assert not re.search(r"(?<![\w.])/(work|root|home/(?!badger\b)\w+)(/|\b)", text)
    assert "+cpu" not in text

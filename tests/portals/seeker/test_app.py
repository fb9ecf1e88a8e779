"""The site as an app: manifest, service worker, offline page."""

import re

from django.test import Client
from django.urls import resolve

from jiuye.design import assets
from tests.factories.public_site import assert_is_public, text_of


def test_the_manifest_names_the_app_and_icons_that_exist(client: Client) -> None:
    answer = client.get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    manifest = answer.json()
    assert manifest["name"] == "就业在线"
    assert manifest["start_url"] == manifest["scope"] == "/"
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}
    assert "maskable" in {icon.get("purpose") for icon in manifest["icons"]}
    for icon in manifest["icons"]:
        assert icon["src"].removeprefix("/static/jiuye/") in assets.COPIES
    for shortcut in manifest["shortcuts"]:
        assert resolve(shortcut["url"])


def test_every_page_names_the_manifest(client: Client) -> None:
    assert '<link rel="manifest" href="/manifest.webmanifest">' in client.get("/privacy").content.decode()


def test_the_worker_is_a_revalidated_script_for_the_whole_site(client: Client) -> None:
    answer = client.get("/service-worker.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer.headers["Cache-Control"]
    assert "{{" not in answer.content.decode()


def test_the_worker_keeps_the_offline_page_and_files_only(client: Client) -> None:
    script = client.get("/service-worker.js").content.decode()
    files = re.findall(r'"(/[^"]*)"', script)
    assert "/offline" in files
    assert all(one == "/offline" or one.startswith("/static/") for one in files)
    assert script.count("cache.add") == 1
    assert "cache.put" not in script


def test_the_offline_page_is_the_same_for_everyone_and_not_for_search_engines(client: Client) -> None:
    page = client.get("/offline")
    assert_is_public(page)
    assert "现在没有网络" in text_of(page)
    assert "noindex" in page.content.decode()

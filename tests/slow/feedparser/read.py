"""Reads feeds with feedparser: from a list of [address, text] on standard input to a list of lists of entries, as JSON."""

import json
import sys
from calendar import timegm
from datetime import datetime, timezone

import feedparser


def instant(parsed):
    if parsed is None:
        return None
    return datetime.fromtimestamp(timegm(parsed), timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def entry(read):
    contents = [content.get("value", "") for content in read.get("content", [])]
    return {
        "title": read.get("title", ""),
        "link": read.get("link"),
        "published": instant(read.get("published_parsed")),
        "updated": instant(read.get("updated_parsed")) if "updated" in read else None,
        "html": next((value for value in contents if value), read.get("summary", "")),
        "tags": [tag.get("label") or tag.get("term") for tag in read.get("tags", [])],
    }


def read(address, text):
    headers = {"content-location": address, "content-type": "application/xml; charset=utf-8"}
    return [entry(one) for one in feedparser.parse(text.encode(), response_headers=headers).entries]


json.dump([read(address, text) for address, text in json.load(sys.stdin)], sys.stdout)

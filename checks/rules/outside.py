# The examples of outside.yaml.
import subprocess
import urllib.request

import httpx

from jiuye.adapters.bounded_http import BoundedTransport


def ask(url):
    # ruleid: unbounded-call
    answer = httpx.get(url, timeout=5)
    # ruleid: unbounded-call
    client = httpx.Client(base_url=url, timeout=5)
    # ruleid: unbounded-call
    page = urllib.request.urlopen(url, timeout=5)
    # ok: unbounded-call
    bounded = httpx.Client(base_url=url, transport=BoundedTransport(total=5), timeout=5)
    return answer, client, page, bounded


def draw(path):
    # ruleid: program-started
    subprocess.run(["pdftoppm", path], check=True)
    # ok: program-started
    with confinement.child("jiuye.kernel.uploads.child") as child:
        return child

# SPDX-License-Identifier: GPL-3.0-or-later
"""screenshots.py FOLDER: makes the pictures of the window that README.md and the metainfo show, from
the annotated samples. To be run inside tests/xrun, with KUTIP_PROGRAM and what it needs to run without
being installed; "meson compile -C build screenshots" does both."""

import shutil
import tempfile

from drive import *

SAMPLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../data/samples")
INDONESIAN = "id-turbin-air.txt"
ARABIC = "ar-maktabat-alhayy.txt"

# Name, article, words whose span is selected, environment, colour scheme.
SHOTS = [
    ("window", INDONESIAN, "turbin berdaya", {}, "light"),
    ("dark", INDONESIAN, "turbin berdaya", {}, "dark"),
    ("indonesian", INDONESIAN, "turbin berdaya", {"LANGUAGE": "id"}, "light"),
    ("arabic", ARABIC, "عدد الكتب", {}, "light"),
]


def crop_and_write(window, path):
    """Without the border that the window draws around itself where nothing else draws one."""
    raw = path + ".raw.png"
    subprocess.run(["import", "-silent", "-window", window, raw], check=True)
    subprocess.run(
        ["convert", raw, "-shave", "5x5", "-strip", "-define", "png:compression-level=9", path],
        check=True,
    )
    os.remove(raw)


def take(folder, name, article, words, environment, scheme):
    place = tempfile.mkdtemp(prefix="kutip-screenshots-")
    for file in (article, article + ".annotations.json"):
        shutil.copy(os.path.join(SAMPLES, file), place)
    subprocess.run(["gsettings", "set", "org.kutip.Kutip", "color-scheme", scheme], check=True)
    kutip = Kutip(os.path.join(place, article), env=environment)
    kutip.wait_opened(article)
    time.sleep(1)
    window = until("the window on the screen", lambda: visible_windows("Kutip$"))[-1]
    view = next(n for n in kutip.find_all("text") if words in text_of(n))  # in any language
    view.set_caret(text_of(view).index(words) + 1)
    xdotool("mousemove", 5, 5)
    time.sleep(1)
    crop_and_write(window, os.path.join(folder, name + ".png"))
    kutip.kill()
    shutil.rmtree(place)


for shot in SHOTS:
    take(sys.argv[1], *shot)

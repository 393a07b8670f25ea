#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first thing that many a person does: start the program without a file, try the samples, mark
something. What comes with the program may stand where nobody writes: the samples are copies."""

import hashlib
import shutil
import tempfile

from drive import *

SHIPPED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../data/samples")


def read_all(folder):
    contents = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            contents[name] = hashlib.sha256(file.read()).hexdigest()
    return contents


def start(home, **env):
    samples = os.path.join(home, "shipped")
    if not os.path.isdir(samples):
        os.mkdir(samples)
        for name in os.listdir(SHIPPED):
            shutil.copy(os.path.join(SHIPPED, name), samples)
    return Kutip(env=dict(os.environ, HOME=home, KUTIP_SAMPLES_DIR=samples, **env)), samples


def try_samples(kutip):
    kutip.wait_find("push button", "Try the Samples")
    key("alt+s")


def the_samples_are_copies_that_can_be_annotated():
    home = tempfile.mkdtemp(prefix="kutip-home-")
    kutip, samples = start(home, LANGUAGE="en")
    before = read_all(samples)
    try_samples(kutip)
    kutip.wait_opened("en-harbour-seals.txt")
    article = os.path.join(home, "Kutip Samples", "en-harbour-seals.txt")
    with open(article + ".annotations.json", encoding="utf-8") as file:
        n_before = len(json.load(file)["spans"])
    kutip.select_text("Moira Tennant")
    key("3")
    wait_sidecar(article, lambda c: len(c["spans"]) == n_before + 1)
    kutip.quit()
    assert read_all(samples) == before

    # Again: the same copies, with what was marked in them.
    kutip, _ = start(home, LANGUAGE="en")
    try_samples(kutip)
    kutip.wait_opened("en-harbour-seals.txt")
    with open(article + ".annotations.json", encoding="utf-8") as file:
        assert len(json.load(file)["spans"]) == n_before + 1
    kutip.quit()
    assert read_all(samples) == before


def the_first_sample_is_in_the_language_of_the_window():
    home = tempfile.mkdtemp(prefix="kutip-home-")
    kutip = Kutip("--samples", env=dict(os.environ, HOME=home, LANGUAGE="id"))
    kutip.wait_opened("id-turbin-air.txt")
    kutip.quit()


def an_option_opens_them_in_the_window_that_is_there():
    home = tempfile.mkdtemp(prefix="kutip-home-")
    kutip, samples = start(home, LANGUAGE="en")
    env = dict(os.environ, HOME=home, KUTIP_SAMPLES_DIR=samples)
    subprocess.run([kutip.program, "--samples"], env=env, check=True)
    kutip.wait_opened("en-harbour-seals.txt")
    assert len([n for n in children(kutip.node) if role(n) == "frame"]) == 1
    kutip.quit()


def one_that_cannot_be_copied_is_told_of():
    home = tempfile.mkdtemp(prefix="kutip-home-")
    kutip, _ = start(home, LANGUAGE="en", XDG_DATA_HOME=os.path.join(home, "data"))
    for path in (os.path.join(home, "Kutip Samples"), os.path.join(home, "data")):
        with open(path, "w", encoding="utf-8") as file:
            file.write("in the way")
    try_samples(kutip)
    until(
        "the reason in the window",
        lambda: any(os.path.join(home, "data") in n.get_name() for n in kutip.find_all("label")),
    )
    kutip.kill()


run_cases(
    [
        the_samples_are_copies_that_can_be_annotated,
        the_first_sample_is_in_the_language_of_the_window,
        an_option_opens_them_in_the_window_that_is_there,
        one_that_cannot_be_copied_is_told_of,
    ]
)

#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual beside the work: opened by its key, read and followed by keys and by mouse, and closed."""

from drive import *

SAMPLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../data/samples")


def start():
    kutip = Kutip(os.path.join(SAMPLES, "de-nachtbus.txt"))
    kutip.wait_opened("de-nachtbus.txt")
    key("F1")
    return kutip, kutip.wait_find("text", "Manual")


def page(view, beginning):
    until(f"the page “{beginning}”", lambda: text_of(view).startswith(beginning))


def a_link_is_followed_by_keys_and_the_way_goes_back():
    kutip, view = start()
    page(view, "Kutip: the manual")
    place = text_of(view).index("Keyboard")
    key("ctrl+Home")
    for _ in range(5):
        key("Down")
    until("the caret in the link", lambda: view.get_caret() > place - 5)
    for _ in range(5):
        key("Right")
    key("Return")
    page(view, "Keyboard")
    key("alt+Left")
    page(view, "Kutip: the manual")
    key("Escape")
    until("the manual to close", lambda: not kutip.find("text", "Manual"))
    key("ctrl+Home")
    until("the article to have the keys", lambda: kutip.caret() == 0)
    kutip.quit()


def quitting_takes_the_manual_along():
    kutip, view = start()
    key("Escape")
    until("the manual to close", lambda: not kutip.find("text", "Manual"))
    key("F1")
    kutip.wait_find("text", "Manual")
    key("ctrl+q")
    assert kutip.process.wait(20 * SLOW) == 0
    assert kutip.log().count("CRITICAL") == 0, kutip.log()


run_cases([a_link_is_followed_by_keys_and_the_way_goes_back, quitting_takes_the_manual_along])

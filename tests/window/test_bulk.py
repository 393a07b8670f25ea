#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""What changes very many annotations at once: while its thread is held in the middle of it, the window shows
how far it is and lets it be stopped, by keys and by the mouse; then nothing has changed."""

import tempfile

from drive import *

N_PLACES = 3000
TEXT = "Menteri berkata.\n\n" + "Beras naik lagi.\n" * N_PLACES
# Some thousand references into some tens of thousands: after the first spans, before the last.
HOLD_AT = 12000


class Bulk:
    """An article of many places of a word, open in a program whose threads can be held."""

    def __init__(self, **env):
        self.folder = tempfile.mkdtemp(prefix="kutip-bulk-")
        self.article = os.path.join(self.folder, "a.txt")
        self.hold = os.path.join(self.folder, "hold")
        with open(self.article, "w", encoding="utf-8") as file:
            file.write(TEXT)
        self.env = {
            "LD_PRELOAD": preload(os.environ["KUTIP_HOLD_SHIM"]),
            "KUTIP_HOLD_TASK": "kutip_annotator_run",
            "KUTIP_HOLD_AT": str(HOLD_AT),
            "KUTIP_HOLD_FILE": self.hold,
            **env,
        }
        self.start()

    def start(self):
        self.kutip = Kutip(self.article, env=self.env)
        self.kutip.wait_opened("a.txt")

    def mark_one(self, words, label_key="3"):
        self.kutip.select_text(words)
        key(label_key, "Escape")
        wait_sidecar(self.article, lambda c: words in texts(c))

    def begin(self):
        """Marks all “Beras”, up to where the thread is held."""
        with open(self.hold, "w", encoding="utf-8"):
            pass
        self.kutip.select_text("Beras")
        key("a")
        self.kutip.wait_find("push button", str(N_PLACES))
        self.kutip.wait_active(is_main=False)
        key("Return")
        self.wait_held()

    def wait_held(self):
        until("the thread to be held", lambda: os.path.exists(self.hold + ".held"))
        self.kutip.wait_active()
        return until("the button that stops it", self.stop_button)

    def stop_button(self):
        """Beside the progress bar and its title, in whatever language."""
        bar = self.kutip.find("progress bar")
        return find(bar.get_parent().get_parent(), "push button") if bar else None

    def go_on(self):
        os.remove(self.hold + ".held")
        os.remove(self.hold)
        until("the bar to be gone", lambda: not self.kutip.find("progress bar"))

    def assert_unchanged(self):
        """As it was when only “Menteri” was marked, here, in the file, and in what undo knows."""
        until("one span in the window", lambda: self.kutip.find("label", "1 span"))
        assert texts(sidecar(self.article)) == ["Menteri"], sidecar(self.article)
        key("ctrl+z")
        wait_sidecar(self.article, lambda c: not c["spans"], what="what was done before it to be undone")
        key("ctrl+shift+z")
        wait_sidecar(self.article, lambda c: texts(c) == ["Menteri"])


def texts(content):
    return [span["text"][0] for span in content["spans"]]


def fraction(kutip):
    return kutip.wait_find("progress bar").get_value()


def look(name):
    folder = os.environ.get("KUTIP_TEST_SHOTS")
    if folder:
        time.sleep(0.5)
        screenshot(os.path.join(folder, f"bulk-{name}.png"))


def how_far_it_is_is_shown_and_escape_stops_it():
    bulk = Bulk()
    bulk.mark_one("Menteri")
    bulk.begin()
    until("a part of it to be done", lambda: 0 < fraction(bulk.kutip) < 1)
    look("light")
    # What is shown is what was there before, and stays so.
    assert bulk.kutip.find("label", "1 span")
    assert texts(sidecar(bulk.article)) == ["Menteri"]
    key("Escape")
    bulk.go_on()
    bulk.assert_unchanged()
    bulk.kutip.quit()


def the_mouse_stops_it():
    bulk = Bulk()
    bulk.mark_one("Menteri")
    bulk.begin()
    bulk.kutip.click_on(bulk.wait_held())
    bulk.go_on()
    bulk.assert_unchanged()
    bulk.kutip.quit()


def undo_stops_it_too():
    bulk = Bulk()
    bulk.mark_one("Menteri")
    bulk.begin()
    key("ctrl+z")
    bulk.go_on()
    bulk.assert_unchanged()
    bulk.kutip.quit()


def nothing_of_what_was_stopped_comes_back_after_a_crash():
    bulk = Bulk()
    bulk.mark_one("Menteri")
    bulk.begin()
    key("Escape")
    bulk.go_on()
    bulk.kutip.kill()
    bulk.start()
    bulk.kutip.wait_find("label", "1 span")
    key("ctrl+z")
    wait_sidecar(bulk.article, lambda c: not c["spans"], what="the one mark to be undone")
    bulk.kutip.quit()


def others_wait_until_it_is_done():
    bulk = Bulk()
    bulk.mark_one("Menteri")
    bulk.begin()
    bulk.kutip.set_caret(TEXT.index("berkata") + 1)
    key("3")
    bulk.go_on()
    content = wait_sidecar(bulk.article, lambda c: len(c["spans"]) > 1, what="all of them to be marked")
    assert texts(content) == ["Menteri"] + ["Beras"] * N_PLACES
    key("ctrl+z")
    wait_sidecar(bulk.article, lambda c: texts(c) == ["Menteri"], what="all of them to be taken back at once")
    bulk.kutip.quit()


def an_undo_of_very_many_waits_for_the_next():
    """A second Ctrl+Z, while the first is under way, is done after it, and stops nothing."""
    bulk = Bulk()
    bulk.mark_one("Menteri")
    bulk.begin()
    bulk.go_on()
    wait_sidecar(bulk.article, lambda c: len(c["spans"]) > 1)
    with open(bulk.hold, "w", encoding="utf-8"):
        pass
    key("ctrl+z")
    bulk.wait_held()
    key("ctrl+z")
    bulk.go_on()
    wait_sidecar(bulk.article, lambda c: not c["spans"], what="both to be undone")
    bulk.kutip.quit()


class Everywhere(Bulk):
    """The same, beside an article that is not open, which has the word once."""

    def __init__(self):
        super().__init__()
        self.other = os.path.join(self.folder, "b.txt")
        with open(self.other, "w", encoding="utf-8") as file:
            file.write("Kata orang, Beras mahal.\n")

    def begin_everywhere(self):
        """Up to where the thread that changes the open one is held."""
        with open(self.hold, "w", encoding="utf-8"):
            pass
        self.kutip.select_text("Beras")
        key("shift+a")
        self.kutip.wait_find("push button", f"Mark {N_PLACES + 1}")
        self.kutip.wait_active(is_main=False)
        key("alt+m")
        self.wait_dialog_held()

    def wait_dialog_held(self):
        until("the thread to be held", lambda: os.path.exists(self.hold + ".held"))
        self.kutip.wait_find("label", "0 of 2 articles")
        self.kutip.wait_active(is_main=False)
        # Of the dialog's bar; that in the window behind it has all for its own.
        until("a part of it to be shown", lambda: any(
            0 < bar.get_value() <= 0.5 for bar in self.kutip.find_all("progress bar")))

    def stop(self):
        """By the key, which has come to the dialog when its button cannot be pressed again."""
        key("Escape")
        until("the button to have done its work", lambda: any(
            not node.has_state("SENSITIVE")
            for node in self.kutip.find_all("push button") if "Stop" in node.get_name()))

    def let_go(self, told):
        os.remove(self.hold + ".held")
        os.remove(self.hold)
        self.kutip.wait_find("label", told)

    def take_back_held(self):
        with open(self.hold, "w", encoding="utf-8"):
            pass
        self.kutip.wait_active(is_main=False)
        key("alt+t")
        self.wait_dialog_held()


def an_open_article_that_is_marked_with_the_others_is_stopped_in_the_middle():
    bulk = Everywhere()
    bulk.mark_one("Menteri")
    bulk.begin_everywhere()
    look("everywhere")
    bulk.stop()
    bulk.let_go("Nothing was marked")
    assert not bulk.kutip.find("label", "left as")
    key("Return")
    bulk.kutip.wait_active()
    bulk.assert_unchanged()
    assert sidecar(bulk.other) is None
    # It is as if it had never begun: nothing is there to be taken back.
    key("ctrl+alt+z")
    bulk.kutip.wait_find("label", "Nothing that was marked")
    bulk.kutip.quit()


def an_open_article_is_one_step_of_its_own_among_all():
    """What is not saved yet when it begins stays; taking back can be stopped as well."""
    bulk = Everywhere()
    bulk.kutip.select_text("Menteri")
    key("3", "Escape")
    bulk.begin_everywhere()
    bulk.let_go(f"{N_PLACES + 1} places marked in 2 articles")
    bulk.take_back_held()
    bulk.stop()
    bulk.let_go(f"{N_PLACES + 1} places in 2 articles stayed marked")
    key("Return")
    bulk.kutip.wait_active()
    all_of_it = ["Menteri"] + ["Beras"] * N_PLACES
    wait_sidecar(bulk.article, lambda c: texts(c) == all_of_it)
    assert texts(sidecar(bulk.other)) == ["Beras"]
    key("ctrl+z")
    wait_sidecar(bulk.article, lambda c: texts(c) == ["Menteri"], what="all of them to be undone at once")
    key("ctrl+shift+z")
    wait_sidecar(bulk.article, lambda c: texts(c) == all_of_it)
    key("ctrl+alt+z")
    bulk.kutip.wait_find("push button", "Take Back")
    bulk.take_back_held()
    bulk.let_go("All of it is taken back")
    key("Return")
    wait_sidecar(bulk.article, lambda c: texts(c) == ["Menteri"])
    wait_sidecar(bulk.other, lambda c: not c["spans"])
    bulk.kutip.quit()


def set_dpi(dpi):
    """As the desktop's settings for large text do."""
    words = ["xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER", f"Xft.dpi:\t{dpi}\n"]
    subprocess.run(words, check=True)


def frame_width(kutip):
    return kutip.find("frame").get_box().width


def narrow(kutip, width):
    """As far as it goes: what it needs becomes less when it has become narrow."""
    window = until("the window", lambda: visible_windows("Kutip$"))[-1]

    def narrowed():
        xdotool("windowsize", window, width - 20, 640)
        time.sleep(0.3)
        return frame_width(kutip) <= width

    until(f"a window of at most {width} pixels", narrowed, 5)


def the_bar_has_room_in_all_sizes_and_languages():
    """All of it lies in the window; for people to look at with KUTIP_TEST_SHOTS."""
    for name, env, width in (
        ("dark", {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}, None),
        ("narrow", {}, 360),
        ("indonesian", {"LANGUAGE": "id"}, 360),
        ("large", {}, None),
    ):
        set_dpi(192 if name == "large" else 96)
        bulk = Bulk(**env)
        bulk.kutip.article = lambda bulk=bulk: until(
            "the text, by what it says", lambda: [
                n for n in bulk.kutip.find_all("text") if text_of(n).startswith("Menteri")]
        )[0]
        if width:
            narrow(bulk.kutip, width)
        bulk.begin()
        for node in (bulk.kutip.wait_find("progress bar"), bulk.stop_button()):
            box = node.get_box()
            assert 0 <= box.x and box.x + box.width <= frame_width(bulk.kutip), (name, box.x, box.width)
            assert box.width >= 20 and box.height > 0, (name, box.width, box.height)
        look(name)
        key("Escape")
        bulk.go_on()
        bulk.kutip.quit()


run_cases(
    [
        how_far_it_is_is_shown_and_escape_stops_it,
        the_mouse_stops_it,
        undo_stops_it_too,
        nothing_of_what_was_stopped_comes_back_after_a_crash,
        others_wait_until_it_is_done,
        an_undo_of_very_many_waits_for_the_next,
        an_open_article_that_is_marked_with_the_others_is_stopped_in_the_middle,
        an_open_article_is_one_step_of_its_own_among_all,
        the_bar_has_room_in_all_sizes_and_languages,
    ]
)

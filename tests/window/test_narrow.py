#!/usr/bin/python3 -W ignore
# SPDX-License-Identifier: GPL-3.0-or-later
"""A window as narrow as a phone, with larger text and in another language: everything stays within it,
and the panes fold away over the text."""

import shutil
import tempfile

from articles import TOP
from drive import *

PHONE = 360
# What a window draws around itself where no window manager does it; pixels.
BORDER = 5


def start(*arguments, **env):
    kutip = Kutip(*arguments, env=env)
    kutip.window = until("the window on the screen", lambda: visible_windows("Kutip$"))[-1]
    return kutip


def start_annotated(**env):
    folder = tempfile.mkdtemp(prefix="kutip-narrow-")
    for name in ("id-turbin-air.txt", "id-turbin-air.txt.annotations.json"):
        shutil.copy(os.path.join(TOP, "data/samples", name), folder)
    kutip = start(os.path.join(folder, "id-turbin-air.txt"), **env)
    kutip.wait_opened("id-turbin-air.txt")
    return kutip


def frame_width(kutip):
    return kutip.find("frame").get_box().width


def narrow(kutip, width=PHONE):
    """As far as it goes: what it needs becomes less when it has become narrow."""

    def narrowed():
        xdotool("windowsize", kutip.window, width - 20, 640)
        time.sleep(0.3)
        return frame_width(kutip) <= width

    until(f"a window of at most {width} pixels", narrowed, 5)


def nothing_open():
    kutip = start()
    kutip.wait_find("push button", "Open Article")
    narrow(kutip)
    kutip.quit()


def an_article_with_its_panes():
    kutip = start_annotated()
    narrow(kutip)
    view = kutip.article().get_box()
    key("shift+F9")
    until("the annotations", lambda: showing(kutip, "page tab", "nnotations"))
    assert frame_width(kutip) <= PHONE
    over = kutip.article().get_box()
    assert over.width == view.width, "the pane lies over the text, which stays as it is"
    key("shift+F9")
    until("the text again", lambda: not showing(kutip, "page tab", "nnotations"))
    key("F9")
    until("the articles", lambda: showing(kutip, "entry", "Filter articles"))
    assert frame_width(kutip) <= PHONE
    key("F9")
    kutip.quit()


def showing(kutip, wanted_role, name):
    """Within the window: a pane that is folded away lies beside it."""
    place = kutip.find(wanted_role, name).get_box()
    return 0 <= place.x and place.x + place.width <= frame_width(kutip)


def in_one_step():
    """What a wide window needs does not stop one that becomes narrow."""
    for panes in ([], ["F9", "shift+F9"]):
        kutip = start_annotated()
        key(*panes)
        xdotool("windowsize", kutip.window, 1220, 700)
        until("a wide window", lambda: frame_width(kutip) >= 1220 - 2 * BORDER)
        until("a title between the buttons", lambda: title_width(kutip) > 0)
        xdotool("windowsize", kutip.window, PHONE, 640)
        until("a narrow window", lambda: frame_width(kutip) <= PHONE)
        until("a title below the buttons", lambda: title_width(kutip) > PHONE * 3 / 4)
        kutip.quit()


def a_span_is_made_there_as_well():
    kutip = start_annotated()
    narrow(kutip)
    before = kutip.wait_find("push button", "36 spans")
    assert before
    kutip.select_text("Kali Cibangkong")
    key("3")
    kutip.wait_find("push button", "37 spans")
    kutip.quit()


def what_is_found_can_be_gone_through():
    kutip = start_annotated()
    narrow(kutip)
    key("ctrl+f")
    write("desa")
    kutip.wait_find("label", "1 of 6")
    for name in ("Previous place", "Next place", "Mark all of them", "Close the search"):
        assert showing(kutip, "push button", name), name
    assert showing(kutip, "push button", "Regular expression")
    kutip.click_on(kutip.find("push button", "Next place"))
    kutip.wait_find("label", "2 of 6")
    key("Escape")
    kutip.quit()


def in_indonesian():
    """Where both numbers have no room, only what is left to do is told."""
    kutip = start_annotated(LANGUAGE="id")
    until("both numbers", lambda: count_of(kutip) == "36 penggalan · 1 hal perlu dikerjakan")
    narrow(kutip)
    until("what is left to do", lambda: count_of(kutip) == "1 hal perlu dikerjakan")
    assert kutip.find("push button", "36 penggalan"), "a screen reader says both"
    kutip.quit()


def count_of(kutip):
    return text_of(kutip.wait_find("push button", "36 penggalan").get_children()[0])


def a_link_is_made_there_as_well():
    """In two lines, with nothing beside them."""
    kutip = start_annotated()
    narrow(kutip)
    kutip.set_caret(text_of(kutip.article()).index("turbin berdaya") + 1)
    key("l")
    words = kutip.wait_find("label", "Link “turbin berdaya")
    assert text_of(words).count("\n") == 1, text_of(words)
    assert not kutip.find("push button", "36 spans")
    for name in ("Link", "Cancel"):
        assert showing(kutip, "push button", name), name
    key("Escape")
    kutip.wait_find("push button", "36 spans")
    kutip.quit()


def dialogs_are_as_narrow():
    """Each window that a phone would show by itself."""
    kutip = start_annotated()
    for keys in (
        "ctrl+shift+f",
        "shift+F4",
        "ctrl+alt+i",
        "ctrl+shift+e",
        "F1",
        "ctrl+comma",
        "ctrl+question",
    ):
        key(keys)
        kutip.wait_active(is_main=False)
        narrow_dialog(keys)
        key("Escape")
        kutip.wait_active()
    kutip.select_text("Kali Cibangkong")
    key("ctrl+m")
    kutip.wait_active(is_main=False)
    narrow_dialog("ctrl+m")
    key("Escape")
    kutip.wait_active()
    kutip.quit()


def what_is_chosen_is_whole_beside_what_it_looks_like():
    """The format of an import: the row says below its title what was found out."""
    kutip = start_annotated()
    key("ctrl+alt+i")
    kutip.wait_active(is_main=False)
    narrow_dialog("ctrl+alt+i")
    kutip.wait_find("label", "Find out")

    def widths():
        return [label.get_box().width for label in kutip.find_all("label", "Find out")]

    alone = widths()
    write(os.environ["KUTIP_SAMPLES_DIR"])
    kutip.wait_find("label", "Looks like: Kutip, articles with their sidecars")
    window = xdotool("getactivewindow")
    frame = until("the dialog", lambda: window_called(kutip, "Import"))
    for width in range(PHONE, PHONE + 50, 10):
        xdotool("windowsize", window, width + BORDER, 640)
        until("that width", lambda width=width: abs(frame.get_box().width - width) <= 2 * BORDER)
        until(f"the choice as wide as it was, {alone}", lambda: widths() == alone)
    key("Escape")
    kutip.wait_active()
    kutip.quit()


def options_are_all_within_reach():
    """None has to be scrolled to: they go on in rows of their own."""
    kutip = start_annotated(LANGUAGE="id")
    view = next(node for node in kutip.find_all("text") if "Kali Cibangkong" in text_of(node))
    place = text_of(view).index("Kali Cibangkong")
    view.set_caret(place)
    until("the caret there", lambda: view.get_caret() == place)
    key("shift+ctrl+Right", "shift+ctrl+Right")
    for keys, title, names in (
        ("ctrl+m", "Tandai Semua", ("Artikel Ini", "Semua Artikel", "Huruf besar dan kecil", "Ekspresi reguler")),
        ("ctrl+shift+f", "Cari dalam Artikel", ("Huruf besar dan kecil", "Ekspresi reguler")),
    ):
        key(keys)
        kutip.wait_active(title=title)
        narrow_dialog(keys)
        dialog = until(title, lambda title=title: window_called(kutip, title))
        width = dialog.get_box().width
        for name in names:
            option = until(name, lambda name=name: find(dialog, "push button", name))
            place = option.get_box()
            assert 0 <= place.x and place.x + place.width <= width, (title, name)
        for choice in find_all(dialog, "combo box"):
            place = choice.get_box()
            assert 0 <= place.x and place.x + place.width <= width, (title, choice.get_name())
        key("Escape")
        kutip.wait_active()
    kutip.quit()


def keys_leave_room_for_what_they_do():
    kutip = start_annotated()
    key("ctrl+question")
    kutip.wait_active(is_main=False)
    narrow_dialog("ctrl+question")
    title = kutip.wait_find("label", "Mark the same text with another label too")
    until("half of the width beside the keys", lambda: title.get_box().width > PHONE / 2)
    key("Escape")
    kutip.wait_active()
    kutip.quit()


def the_title_has_a_row_of_its_own():
    """Between the header's buttons there would be room for three letters."""
    kutip = start_annotated()
    until("a title between the buttons", lambda: title_width(kutip) > 0)
    narrow(kutip)
    until("a title below them", lambda: title_width(kutip) > PHONE * 3 / 4)
    xdotool("windowsize", kutip.window, 1000, 640)
    until("a title between them again", lambda: 0 < title_width(kutip) < 600)
    kutip.quit()


def title_width(kutip):
    """Of the label that shows it, at the top of the window."""
    titles = kutip.find_all("label", "Turbin Air Kembali")
    places = [title.get_box() for title in titles]
    return max((place.width for place in places if 0 <= place.y < 100), default=0)


def with_text_twice_as_large():
    """What is narrow depends on how much room words need."""
    subprocess.run(
        ["xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER", "Xft.dpi:\t192\n"],
        check=True,
    )
    kutip = start_annotated()
    narrow(kutip, 500)
    until("a title below the header", lambda: title_width(kutip) > PHONE * 3 / 4)
    kutip.quit()
    subprocess.run(["xprop", "-root", "-remove", "RESOURCE_MANAGER"], check=True)


def window_called(kutip, title):
    return next((node for node in children(kutip.node) if node.get_name() == title), None)


def narrow_dialog(name):
    """What the X server knows as its width is with the border that it draws around itself."""
    window = xdotool("getwindowfocus")

    def narrowed():
        xdotool("windowsize", window, PHONE - 20, 640)
        time.sleep(0.3)
        shell = xdotool("getwindowgeometry", "--shell", window)
        width = int(dict(line.split("=") for line in shell.splitlines())["WIDTH"])
        return width <= PHONE + 2 * BORDER

    until(f"the window of {name} to be at most {PHONE} pixels wide", narrowed, 5)


def labels_are_whole():
    """Their keys go before anything is cut off, and come back where they have a row of their own."""
    kutip = start_annotated()
    kutip.wait_find("push button", "Mark as Claim")
    widths = {}
    for width in (1000, 720, 600):
        xdotool("windowsize", kutip.window, width, 640)
        until("the window’s width", lambda width=width: frame_width(kutip) >= width - 2 * BORDER)
        time.sleep(0.5)
        for name in ("Claim", "Quote", "Source", "Cue"):
            button = kutip.find("push button", f"Mark as {name}")
            place = button.get_box()
            widths.setdefault(name, []).append(place.width)
            assert showing(kutip, "push button", f"Mark as {name}"), (width, name)
    wide, less, rows = zip(*widths.values())
    assert len({a - b for a, b in zip(wide, less)}) == 1, f"each its key, and no more: {widths}"
    assert less < wide and rows == wide, f"in two rows there is room for all: {widths}"
    kutip.quit()


def pane_width(kutip):
    tab = kutip.find("page tab list")
    return tab.get_box().width


def the_panes_are_as_wide_as_one_likes():
    kutip = start_annotated()
    before = pane_width(kutip)
    article = kutip.article()
    x, y = kutip.origin()
    place = article.get_box()
    edge = (x + place.x + place.width + 4, y + place.y + 200)
    drag(edge, (edge[0] - 120, edge[1]))
    until("a wider pane", lambda: pane_width(kutip) == before + 120)
    key("ctrl+alt+minus")
    until("a narrower pane", lambda: pane_width(kutip) == before + 80)
    key("ctrl+alt+equal")
    until("a wider pane again", lambda: pane_width(kutip) == before + 120)
    narrow(kutip)
    xdotool("windowsize", kutip.window, 1220, 760)
    until("the width that was chosen", lambda: pane_width(kutip) == before + 120)
    drag((edge[0] - 120, edge[1]), (x + 20, edge[1]))
    until("the text to keep its room", lambda: before + 120 < pane_width(kutip) < 840)
    kutip.quit()


def with_text_half_as_large_again():
    subprocess.run(
        ["xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER", "Xft.dpi:\t144\n"],
        check=True,
    )
    kutip = start_annotated()
    narrow(kutip, 420)
    kutip.quit()
    subprocess.run(["xprop", "-root", "-remove", "RESOURCE_MANAGER"], check=True)


run_cases(
    [
        nothing_open,
        an_article_with_its_panes,
        in_one_step,
        a_span_is_made_there_as_well,
        what_is_found_can_be_gone_through,
        in_indonesian,
        a_link_is_made_there_as_well,
        dialogs_are_as_narrow,
        what_is_chosen_is_whole_beside_what_it_looks_like,
        options_are_all_within_reach,
        keys_leave_room_for_what_they_do,
        the_title_has_a_row_of_its_own,
        labels_are_whole,
        the_panes_are_as_wide_as_one_likes,
        with_text_half_as_large_again,
        with_text_twice_as_large,
    ]
)

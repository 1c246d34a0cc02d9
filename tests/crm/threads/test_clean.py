"""A message's own words: what is cut, and what must never be."""

import pytest

from crm.threads.clean import clean

OWN = "Two units, please."


@pytest.mark.parametrize(
    "below",
    [
        "\n\nBest regards,\nLea Brandt\nHead of Plant | Quillow\n+1 555 010 2288",
        "\n\nMit freundlichen Grüßen\nLea Brandt\nEinkauf",
        "\n\nCordialement,\nLéa Brandt\n06 00 55 01 12",
        "\n\nUn saludo,\nLea",
        "\n\nCordiali saluti\nLea Brandt",
        "\n\nCumprimentos\nLea",
        "\n\nMet vriendelijke groet,\nLea Brandt\nwww.quillow.example",
        "\n\nZ poważaniem\nLea Brandt",
        "\n\nMvg Lea",
        "\n-- \nLea Brandt\nQuillow GmbH",
        "\n\nSent from my iPhone",
        "\n\nEnvoyé depuis l'application Mail",
        "\n\nGet Outlook for iOS",
        "\n\nCONFIDENTIALITY NOTICE: This e-mail is intended solely for the addressee. Any use "
        "by others is prohibited.",
        "\n\nDiese E-Mail kann vertrauliche Informationen enthalten. Bitte löschen Sie sie sonst.",
        "\n\nCe message et ses pièces jointes peuvent contenir des informations confidentielles ou privilégiées.",
        "\n\nAVISO LEGAL: Este mensaje va dirigido exclusivamente a su destinatario.",
        "\n\nAi sensi del Reg. UE 2016/679 le informazioni contenute in questo messaggio sono riservate.",
        "\n\nDe informatie in dit bericht is uitsluitend bestemd voor de geadresseerde.",
        "\n\nTreść wiadomości jest poufna i przeznaczona wyłącznie dla adresata.",
        "\n\nIf you'd rather not hear from me, click here: https://quillow.example/u/1",
        "\n\nSi no desea recibir más correos, responda BAJA.",
        "\n\n[cid:image001.png@01D93A77.5B0E2C10]",
        "\n\n![open](https://pixel.quillow.example/open.png)",
        " https://links.quillow.example/click?upn=u001.Ab9",
        '<br><img src="https://pixel.quillow.example/o.gif" width="1">',
        "\n\n________________________________",
    ],
)
def test_what_is_cut(below: str) -> None:
    assert clean(OWN + below) == OWN


@pytest.mark.parametrize(
    "above",
    [
        "CAUTION: This email originated from outside of the organisation. Do not click links.\n\n",
        "##- Please type your reply above this line -##\n\n",
        "<style>p {margin:0}</style>",
        "<!-- generated --><head><title>x</title></head>",
        "p.MsoNormal {margin:0in; font-size:11.0pt;}\n",
        "\u200b\u202d\ufeff",
        "______________\n",
    ],
)
def test_what_is_cut_above(above: str) -> None:
    assert clean(above + OWN) == OWN


@pytest.mark.parametrize(
    "words",
    [
        "Thanks!",
        "STOP",
        "unsubscribe me please",
        "Not for us. Please unsubscribe me from this.",
        "Merci de me désabonner, nous avons déjà signé.",
        "Please take us off whatever list this is.",
        "Thanks\nTwo questions:\n- how many?\n- by when?",
        "Best option is B, regards the other one we wait.",
        "My number is 555 010 2288, call after two.",
        "The pump is down again.\ncall me back at 555 010 2288",
        "Delivery as agreed:\n2024-05-01 10:00",
        "See https://quillow.example/plan",
        "Hi {{first_name}}, how do you count your pumps?",
        "1 < 2 and 3 > 2",
        "Write to <lea@quillow.example> or Jo",
        "ok :)",
        "👍",
        "お見積りありがとうございました。",
    ],
)
def test_what_is_never_cut(words: str) -> None:
    assert clean(words) == words


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("Yes.\n\nBest,\nLea\n\nP.S. not before May", "Yes.\n\nP.S. not before May"),
        (
            "PO attached. Jo NOTICE: This communication is intended only for the entity it names. Any "
            "review is prohibited.",
            "PO attached.",
        ),
        ("a&nbsp;b &amp; c", "a b & c"),
        ("[the plan](https://quillow.example/p) and **this**", "the plan and this"),
        ("<div>one</div><div>two<br>three</div>", "one\ntwo\nthree"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<ul><li>one</li><li>two</li></ul>", "one\ntwo"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("one\r\n\r\n\r\n\r\ntwo", "one\n\ntwo"),
        ("Lea Brandt\nTerritory Manager\nQuillow Controls\nM 555.0133 | O 555.0134", ""),
    ],
)
def test_what_is_left(raw: str, words: str) -> None:
    assert clean(raw) == words


def test_markup_goes_only_where_there_is_markup() -> None:
    assert clean("a < b, c > d\n> quoted") == "a < b, c > d\n> quoted"
    assert clean("<p>a &lt; b</p>") == "a < b"
    assert clean("cut short <style>p {margin:") == "cut short"


RULE = "_" * 16


def test_the_door_to_a_meetings_room_is_nobodys_words() -> None:
    door = f"{RULE}\nMicrosoft Teams meeting\nJoin on your computer\nMeeting ID: 123 456\n{RULE}"
    assert clean(f"{door}\n\n{OWN}") == OWN
    assert clean(f"{OWN}\n\n{door}") == OWN
    assert "Microsoft Teams meeting" in clean(door)  # all that there is to read
    ours = f"{RULE}\nTheir terms: 30 days.\n{RULE}\n{OWN}"
    assert "Their terms: 30 days." in clean(ours)

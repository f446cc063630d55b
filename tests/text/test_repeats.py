"""Paragraphs a document says twice."""

from inchiesta.text.repeats import find_repeats

FIRST = (
    "I documenti gettano nuova luce sulla decisione. Il primo ministro Ivo Stakhar ha annunciato che il suo "
    "governo avvierà il processo di uscita dal blocco perché i suoi "
    "membri non stanno adempiendo agli obblighi del trattato."
)
AGAIN = (
    "Il primo ministro Ivo Stakhar ha annunciato che il suo governo avrebbe avviato il processo di uscita "
    "dal blocco, affermando che i suoi membri non stanno adempiendo agli obblighi del trattato."
)
OTHER = "La ministra della Difesa ha chiesto radar e munizioni, ma la lista non è stata resa pubblica da Brankov."


def test_a_paragraph_repeated_to_the_letter_is_found() -> None:
    (repeat,) = find_repeats([OTHER, FIRST, OTHER.upper()])
    assert (repeat.paragraph, repeat.repeats_paragraph, repeat.similarity, repeat.kind) == (2, 0, 1.0, "same")


def test_a_reworded_end_of_an_earlier_paragraph_is_found() -> None:
    (repeat,) = find_repeats([FIRST, OTHER, AGAIN])
    assert (repeat.paragraph, repeat.repeats_paragraph, repeat.kind) == (2, 0, "reworded")
    assert 0.75 <= repeat.similarity < 1


def test_the_longer_later_paragraph_is_no_repeat() -> None:
    longer = f"{FIRST} La ministra ha chiesto carri e molte altre cose nuove, che nessuno aveva mai nominato prima."
    assert find_repeats([AGAIN, OTHER, longer]) == []


def test_a_formula_with_new_numbers_is_no_repeat() -> None:
    line = "Knapp predicts that former Vice President Biden defeats President Trump with a count of %d to %d."
    assert find_repeats([line % (319, 219), line % (359, 179)]) == []


def test_a_formula_with_new_names_is_no_repeat() -> None:
    line = "Sulle regioni %s il cielo è previsto sereno o poco nuvoloso, con possibili temporali nel pomeriggio."
    assert find_repeats([line % "Puglia e Calabria", line % "Liguria e Piemonte"]) == []


def test_short_lines_are_not_compared() -> None:
    assert find_repeats(["Le reazioni", "Testo.", "Le reazioni"]) == []

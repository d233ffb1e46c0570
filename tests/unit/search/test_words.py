import pytest

from bot.search.words import folded, stem, stems, words


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Café  CRÈME", "cafe  creme"),
        ("ＭＡＣＨＩＮＥ", "machine"),
        ("ﬁne", "fine"),
        ("Straße", "strasse"),
        ("Москва", "москва"),
        ("機械学習", "機械学習"),
        ("한국어", "한국어"),
    ],
)
def test_texts_are_folded(text: str, plain: str) -> None:
    assert folded(text) == plain


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("scikit-learn", ["scikit", "learn"]),
        ("C++ and C#", ["c++", "and", "c#"]),
        ("LeCun's don't", ["lecun", "dont"]),
        ("face_recognition", ["face", "recognition"]),
        ("TensorFlow.js", ["tensorflow", "js"]),
        ('"NEAR(a, b)" *', ["near", "a", "b"]),
        ("\0 \u200b 🤖", []),
    ],
)
def test_texts_are_cut_into_words(text: str, row: list[str]) -> None:
    assert words(text) == row


@pytest.mark.parametrize(
    "forms",
    [
        ("network", "networks"),
        ("optimisation", "optimization", "optimise", "optimize", "optimizing"),
        ("visualise", "visualization", "visualizing"),
        ("modelling", "modeling", "model", "models"),
        ("labelled", "labeled", "label", "labels"),
        ("tune", "tuning", "tuned", "tunes"),
        ("code", "coding", "codes"),
        ("plan", "planning", "plans"),
        ("evaluate", "evaluation", "evaluating", "evaluations"),
        ("library", "libraries"),
        ("analysis", "analyses"),
        ("matrix", "matrices"),
        ("behaviour", "behavior"),
        ("write", "writing", "written", "wrote"),
        ("course", "courses"),
        ("maths", "math", "mathematics"),
    ],
)
def test_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("state", "stats"), ("code", "cod"), ("networking", "networks"), ("news", "new"), ("plane", "plan")],
)
def test_other_words_have_other_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_linking_words_have_no_stem() -> None:
    assert stems("the lay of the land") == ["lay", "land"]

"""The data of what words mean: that it is as its files say, and that nothing in it leads nowhere."""

from bot.search.cues import cues
from bot.search.facets import Kind, Level
from bot.search.meanings import meanings
from bot.search.reading import facet_term
from bot.search.words import stem, stems

ALSO_NAMES = {"poetry", "glove"}


def names_in(text: str) -> set[str]:
    return {meaning.term for _, _, meaning in meanings().within(stems(text))}


def test_other_names_mean_the_same() -> None:
    for one, other in [
        ("NLP", "natural language processing"),
        ("RAG", "retrieval-augmented generation"),
        ("sklearn", "scikit-learn"),
        ("quantisation", "quantization"),
        ("k8s", "kubernetes"),
        ("GANs", "generative adversarial networks"),
    ]:
        assert names_in(one) & names_in(other), (one, other)


def test_what_a_thing_is_about_is_found_through_others_too() -> None:
    lstm = meanings().by_term["_lstm"]
    assert lstm.wider["_recurrent_neural_networks"] > lstm.wider["_deep_learning"] > 0.15
    assert all(0 < much <= 1 for meaning in meanings().by_term.values() for much in meaning.wider.values())


def test_a_word_within_a_longer_name_is_passed_over_where_only_telling_ones_are_asked_for() -> None:
    row = stems("hugging face")
    loose = {meaning.term for _, _, meaning in meanings().within(row)}
    telling = {meaning.term for _, _, meaning in meanings().within(row, telling=True)}
    assert "_face_recognition" in loose
    assert telling == {"_hugging_face"}


def test_works_know_who_made_them_and_what_they_are() -> None:
    nanogpt = meanings().by_term["_nanogpt"]
    assert nanogpt.makers == ("_andrej_karpathy",)
    assert nanogpt.kind is Kind.PROJECT


def test_people_are_known_by_a_name_that_only_one_has() -> None:
    people = meanings().people
    assert people["aurelien"].term == "_aurelien_geron"
    # There are several of each.
    assert not {"andrew", "david", "sebastian"} & people.keys()


def test_every_intent_means_something_that_is_known() -> None:
    known = meanings().by_term.keys()
    facets = {facet_term(facet) for facet in (*Kind, *Level)}
    for intent in meanings().intents:
        assert intent.needs
        assert all(intent.needs)
        assert intent.means.keys() <= known | facets, intent.means


def test_cues_are_of_every_sort() -> None:
    asked = {asking for rows in cues().phrases.values() for _, asking in rows}
    assert set(Kind) <= asked
    assert {"beginner", "advanced", "free", "paid", "without maths", "understand", "build", "use"} <= asked
    assert any(isinstance(asking, int) for asking in asked)


def test_no_word_is_both_of_the_field_and_of_other_matters() -> None:
    field = {first for first, rows in meanings().phrases.items() if any(len(row) == 1 for row, _ in rows)}
    # Names of works and words for data that are everyday words too.
    assert field & {stem(word) for word in cues().elsewhere} <= ALSO_NAMES

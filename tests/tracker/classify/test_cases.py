"""The shared table, run against the classifier."""

from __future__ import annotations

import pytest

from tests.contracts.classify_contract import Case, cases, channel_sets
from tracker.classify.classifier import Classifier
from tracker.policy.catalogue import shipped_catalogue


@pytest.fixture(scope="module")
def classifiers() -> dict[str, Classifier]:
    catalogue = shipped_catalogue()
    return {name: Classifier(channels, catalogue) for name, channels in channel_sets().items()}


@pytest.mark.parametrize("case", cases(), ids=str)
def test_answers_as_the_table_says(case: Case, classifiers: dict[str, Classifier]) -> None:
    verdict = classifiers[case.channels].classify(case.app, case.title, case.url)
    answer = (verdict.channel, verdict.via, verdict.certain, verdict.private)
    assert answer == case.answer, verdict


def test_table_has_no_case_twice() -> None:
    seen = [(case.channels, case.app, case.title, case.url) for case in cases()]
    assert len(set(seen)) == len(seen) > 200


def test_answers_alike_when_asked_again(classifiers: dict[str, Classifier]) -> None:
    for case in cases():
        classifier = classifiers[case.channels]
        first = classifier.classify(case.app, case.title, case.url)
        assert classifier.classify(case.app, case.title, case.url) == first

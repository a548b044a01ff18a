"""The words of the H5P libraries' own interfaces, which a package must bring in its language.

Names and placeholders are those of the `semantics.json` of QuestionSet 1.20, MultiChoice 1.16, Blanks 1.14
and DragText 1.10.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.exporters.quiz import Quiz, once

CHOICE, BLANKS, DRAG = "H5P.MultiChoice", "H5P.Blanks", "H5P.DragText"

Words = Mapping[str, object]


@once
def words(quiz: Quiz, library: str) -> Words:
    """Return the words of a library that asks questions."""
    return {CHOICE: _choice, BLANKS: _blanks, DRAG: _drag}[library](quiz)


def _choice(quiz: Quiz) -> Words:
    """Return the words of MultiChoice."""
    say = quiz.word
    interface = {
        "checkAnswerButton": say("quiz.check"),
        "submitAnswerButton": say("h5p.submit"),
        "showSolutionButton": say("quiz.see-answer"),
        "tryAgainButton": say("quiz.retry"),
        "tipsLabel": say("h5p.tip"),
        "scoreBarLabel": _score(quiz),
        "tipAvailable": say("h5p.tip-available"),
        "feedbackAvailable": say("h5p.feedback-available"),
        "readFeedback": say("h5p.feedback-available"),
        "wrongAnswer": say("quiz.wrong"),
        "correctAnswer": say("quiz.right"),
        "shouldCheck": say("h5p.should-check"),
        "shouldNotCheck": say("h5p.should-not-check"),
        "noInput": say("quiz.empty"),
        **_aloud(quiz),
    }
    return {"UI": interface, **_dialogs(quiz)}


def _blanks(quiz: Quiz) -> Words:
    """Return the words of Blanks."""
    say = quiz.word
    return {
        "showSolutions": say("quiz.see-answer"),
        "tryAgain": say("quiz.retry"),
        "checkAnswer": say("quiz.check"),
        "submitAnswer": say("h5p.submit"),
        "notFilledOut": say("quiz.empty"),
        "answerIsCorrect": say("h5p.is-right", answer=":ans"),
        "answerIsWrong": say("h5p.is-wrong", answer=":ans"),
        "answeredCorrectly": say("quiz.right"),
        "answeredIncorrectly": say("quiz.wrong"),
        "solutionLabel": say("export.key"),
        "inputLabel": say("quiz.gap", n="@num", total="@total"),
        "inputHasTipLabel": say("h5p.tip-available"),
        "tipLabel": say("h5p.tip"),
        "scoreBarLabel": _score(quiz),
        "a11yCheckingModeHeader": say("quiz.check"),
        **_aloud(quiz),
        **_dialogs(quiz),
    }


def _drag(quiz: Quiz) -> Words:
    """Return the words of DragText."""
    say = quiz.word
    return {
        "checkAnswer": say("quiz.check"),
        "submitAnswer": say("h5p.submit"),
        "tryAgain": say("quiz.retry"),
        "showSolution": say("quiz.see-answer"),
        "dropZoneIndex": say("h5p.zone", n="@index"),
        "empty": say("h5p.zone-empty", n="@index"),
        "contains": say("h5p.zone-holds", n="@index", entry="@draggable"),
        "ariaDraggableIndex": say("h5p.entry-of", n="@index", total="@count"),
        "tipLabel": say("h5p.tip"),
        "correctText": say("quiz.right"),
        "incorrectText": say("quiz.wrong"),
        "resetDropTitle": say("h5p.empty-zone"),
        "resetDropDescription": say("h5p.sure"),
        "grabbed": say("h5p.grabbed"),
        "cancelledDragging": say("h5p.dropped-back"),
        "correctAnswer": say("export.key"),
        "feedbackHeader": say("export.feedback"),
        "scoreBarLabel": _score(quiz),
        **_aloud(quiz),
    }


def question_set(quiz: Quiz) -> Words:
    """Return the words of QuestionSet, and its settings, which stand among them."""
    say = quiz.word
    texts = {
        "prevButton": say("h5p.previous"),
        "nextButton": say("h5p.next"),
        "finishButton": say("h5p.finish"),
        "submitButton": say("h5p.submit"),
        "textualProgress": say("h5p.progress", n="@current", total="@total"),
        "jumpToQuestion": say("h5p.progress", n="%d", total="%total"),
        "questionLabel": say("export.prompt"),
        "readSpeakerProgress": say("h5p.progress", n="@current", total="@total"),
        "unansweredText": say("h5p.unanswered"),
        "answeredText": say("h5p.answered"),
        "currentQuestionText": say("h5p.current"),
        "navigationLabel": say("h5p.questions"),
        "questionSetInstruction": say("h5p.choose-question"),
    }
    end = {
        "showResultPage": True,
        "showSolutionButton": True,
        "showRetryButton": True,
        "noResultMessage": say("h5p.done"),
        "message": say("h5p.result"),
        "scoreBarLabel": say("quiz.score", score="@finals", total="@totals"),
        "overallFeedback": [{"from": 0, "to": 100}],
        "solutionButtonText": say("quiz.see-answer"),
        "retryButtonText": say("quiz.retry"),
        "finishButtonText": say("h5p.finish"),
        "submitButtonText": say("h5p.submit"),
        "showAnimations": False,
        "skippable": False,
        "skipButtonText": say("h5p.next"),
    }
    intro = {"showIntroPage": False, "startButtonText": say("site.start")}
    return {"introPage": intro, "texts": texts, "endGame": end}


def _score(quiz: Quiz) -> str:
    return quiz.word("quiz.score", score=":num", total=":total")


def _aloud(quiz: Quiz) -> Words:
    """Return what screen readers say of the buttons."""
    return {
        "a11yCheck": quiz.word("quiz.check"),
        "a11yShowSolution": quiz.word("quiz.see-answer"),
        "a11yRetry": quiz.word("quiz.retry"),
    }


def _dialogs(quiz: Quiz) -> Words:
    """Return the words of two dialogs that are switched off, but whose words an editor would show."""
    return {
        name: {
            "header": quiz.word(title),
            "body": quiz.word("h5p.sure"),
            "cancelLabel": quiz.word("h5p.cancel"),
            "confirmLabel": quiz.word(title),
        }
        for name, title in (("confirmCheck", "quiz.check"), ("confirmRetry", "quiz.retry"))
    }

"""The authored question types, by name: adding one is one file and one line here."""

from generator.questions.base import Question
from generator.questions.categorise import Categorise
from generator.questions.cloze import Cloze
from generator.questions.free import Free
from generator.questions.grid import Grid
from generator.questions.label import Label
from generator.questions.match import Match
from generator.questions.multiple import Multiple
from generator.questions.numeric import Numeric
from generator.questions.order import Order
from generator.questions.short import Short
from generator.questions.single import Single
from generator.questions.truefalse import TrueFalse

QUESTIONS: dict[str, type[Question]] = {
    kind.name: kind
    for kind in (
        Single, Multiple, TrueFalse, Match, Order, Categorise, Cloze, Short, Numeric, Grid, Label, Free,
    )
}  # fmt: skip

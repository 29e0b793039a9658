"""Units, as types: each knows the step to which it is printed, so that a document has the same bytes everywhere."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, PlainSerializer


def _printed(decimals: int) -> PlainSerializer:
    return PlainSerializer(lambda number: round(float(number), decimals) + 0.0, return_type=float)


_Finite = Field(allow_inf_nan=False)
Seconds = Annotated[float, _Finite, _printed(3)]
Hertz = Annotated[float, _Finite, _printed(1)]
Semitones = Annotated[float, _Finite, _printed(2)]
Decibels = Annotated[float, _Finite, _printed(1)]
Percent = Annotated[float, _Finite, _printed(1)]
Fraction = Annotated[float, _Finite, _printed(4)]
SyllablesPerSecond = Annotated[float, _Finite, _printed(2)]
WordsPerMinute = Annotated[float, _Finite, _printed(1)]
Anger = Annotated[float, Field(ge=0.0, le=1.0), _printed(2)]
Number = Annotated[float, _Finite, _printed(2)]
Span: TypeAlias = tuple[Seconds, Seconds]

Status = Literal["ok", "warn", "not_measurable"]
TempoVerdict = Literal["clearly_slower", "slower", "no_clear_change", "faster", "clearly_faster", "not_measurable"]
HeightVerdict = Literal["clearly_lower", "lower", "no_clear_change", "higher", "clearly_higher", "not_measurable"]
Outcome = Literal["came_down", "stayed_calm", "did_not", "went_up", "not_measurable"]
State = Literal["kept", "broken", "missed", "not_called_for", "not_measurable"]

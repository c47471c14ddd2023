"""A condition as the SQL-like text of `readByQuery`.

That text knows codes and not labels (`STATE = 'A'`, `STATUS = 'T'`), no field of another object,
no “between” and no “not equal”: a range becomes two comparisons, and what is not equal a NOT.
"""

from __future__ import annotations

from intacct.condition import (
    Between,
    Compared,
    Condition,
    Either,
    Empty,
    Every,
    Like,
    OneOf,
    fields_of,
    problems,
)

SIGNS = {
    "equalto": "=",
    "lessthan": "<",
    "lessthanorequalto": "<=",
    "greaterthan": ">",
    "greaterthanorequalto": ">=",
}


def where_text(condition: Condition) -> str:
    """The condition as text, values quoted; ValueError for what the text cannot say."""
    if found := problems(condition):
        raise ValueError(f"{found[0].about}: {found[0].sentence}")
    if joined := [field for field in fields_of(condition) if "." in field]:
        raise ValueError(f"readByQuery knows no fields of other objects, like {joined[0]}")
    return _text(condition)


def spelled_out(condition: Condition) -> Condition:
    """The condition with each range as its two comparisons, which is what its text says."""
    match condition:
        case Between(field, low, high):
            ends = (
                Compared(field, "greaterthanorequalto", low),
                Compared(field, "lessthanorequalto", high),
            )
            return Every(ends)
        case Every(parts):
            return Every(tuple(map(spelled_out, parts)))
        case Either(parts):
            return Either(tuple(map(spelled_out, parts)))
    return condition


def _text(condition: Condition) -> str:
    match spelled_out(condition) if isinstance(condition, Between) else condition:
        case Compared(field, "notequalto", value):
            return f"NOT ({field} = {_quoted(value)})"
        case Compared(field, comparison, value):
            return f"{field} {SIGNS[comparison]} {_quoted(value)}"
        case OneOf(field, values, negated):
            return f"{field} {_not(negated=negated)}IN ({', '.join(map(_quoted, values))})"
        case Like(field, pattern, negated):
            return f"{field} {_not(negated=negated)}LIKE {_quoted(pattern)}"
        case Empty(field, negated):
            return f"{field} IS {_not(negated=negated)}NULL"
        case Every(parts):
            return " AND ".join(map(_part, parts))
        case Either(parts):
            return " OR ".join(map(_part, parts))
    raise AssertionError("every kind of condition is written above")


def _part(condition: Condition) -> str:
    text = _text(condition)
    return f"({text})" if isinstance(condition, Every | Either | Between) else text


def _quoted(value: str) -> str:
    """In single quotes; the backslash stands before quotes and before itself."""
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _not(*, negated: bool) -> str:
    return "NOT " if negated else ""

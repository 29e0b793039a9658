"""A report as its reader reads it: the advice, which is kept with the call in the language of its page, in that of the
reader's."""

from dataclasses import replace

from trainer import library
from trainer.coaching import advice
from trainer.coaching import call as verdicts
from trainer.records import Finding, Report, Rule, Scenario, Turn
from trainer.words import DEFAULT_LANGUAGE, area, language


def translated(report: Report) -> Report:
    """The same report with the advice of its findings, and that for next time, in the language that is read."""
    scenario = library.scenarios().get(report.scenario)
    if scenario is None and language() == DEFAULT_LANGUAGE:
        return report
    rules = {id: _rule(rule) for id, rule in library.rules().items()}
    turns = tuple(_turn(turn, rules, scenario) for turn in report.turns)
    return replace(report, turns=turns, call=replace(report.call, next_time=_next_time(report, turns, rules, scenario)))


def _rule(rule: Rule) -> Rule:
    """The rule with its advice in the language that is read, as far as it is there."""
    known = area("advice") if language() != DEFAULT_LANGUAGE else {}
    return replace(
        rule,
        advice_kept=known.get(f"{rule.id}/kept", rule.advice_kept),
        advice_broken=known.get(f"{rule.id}/broken", rule.advice_broken),
        advice_sooner=known.get(f"{rule.id}/sooner", rule.advice_sooner),
        advice_beyond={why: known.get(f"{rule.id}/{why}", text) for why, text in rule.advice_beyond.items()},
    )


def _turn(turn: Turn, rules: dict[str, Rule], scenario: Scenario | None) -> Turn:
    return replace(turn, findings=tuple(_finding(one, rules.get(one.rule), scenario) for one in turn.findings))


def _finding(found: Finding, rule: Rule | None, scenario: Scenario | None) -> Finding:
    if rule is None or not found.advice:
        return found
    return replace(found, advice=advice.filled(advice.on(rule, found.state, found.reason), *_about(scenario)))


def _next_time(
    report: Report, turns: tuple[Turn, ...], rules: dict[str, Rule], scenario: Scenario | None
) -> tuple[str, ...]:
    name, matter = _about(scenario)
    roles = {beat.id: beat.role for beat in scenario.beats} if scenario else None
    return verdicts.verdict(turns, report.baseline, rules, name, roles, matter).next_time


def _about(scenario: Scenario | None) -> tuple[str, str]:
    return (scenario.address, scenario.matter) if scenario else ("", "")

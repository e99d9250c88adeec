"""Places that stand together: one address, or a list of places counted together."""

from __future__ import annotations

import re

from tallyroom.reading.places import AreaGroup, names_facility

_IN_PLACE = re.compile(r",? (?:in|near|outside) (?:the )?")
_RANK = re.compile(r"省|市|自治区|州|")
_JOIN = re.compile(r"\s*(?:、|,|，|;|/|和|及|与|以及|暨|,? ?\band\b|&|\bplus\b)?\s*(?:the )?\s*")


def joined(found: list[AreaGroup], text: str) -> list[AreaGroup]:
    """Return the groups of a sentence with those made one that are an address or are counted together."""
    groups: list[AreaGroup] = []
    for group in found:
        last = groups[-1] if groups else None
        if last is None or last.nation or group.nation or group.weak or last.weak:
            if last is not None and last.weak and not group.nation and _inside(last, group, text):
                groups[-1] = group
            else:
                groups.append(group)
            continue
        gap = text[last.end : group.start]
        if gap == "-":
            continue
        if _inside(last, group, text):
            groups[-1] = _replace(last, group, last.codes[:-1] + group.codes)
        elif _IN_PLACE.fullmatch(gap) and last.located and names_facility(last):
            groups[-1] = _replace(last, group, last.codes)  # at the Blue Water Bridge in Sarnia
        elif gap.strip() and _JOIN.fullmatch(gap) and last.foreign == group.foreign:
            groups[-1] = _replace(
                last, group, last.codes + tuple(c for c in group.codes if c not in last.codes)
            )
        else:
            groups.append(group)
    return groups


def _inside(outer: AreaGroup, inner: AreaGroup, text: str) -> bool:
    """Tell whether two places stand as one address: 云南昆明, `Coquelles, France`."""
    gap = text[outer.end : inner.start]
    if outer.codes and inner.codes and gap != "-" and _RANK.fullmatch(gap.strip()):
        return not is_code(inner.codes[0]) or len(inner.codes[0]) > len(outer.codes[-1])
    return False


def is_code(area: str) -> bool:
    """Tell whether a place is told by its code and not by its name."""
    return re.fullmatch(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?", area) is not None


def _replace(last: AreaGroup, group: AreaGroup, codes: tuple[str, ...]) -> AreaGroup:
    return AreaGroup(
        last.start,
        group.end,
        codes,
        located=last.located,
        within=group.within,
        foreign=last.foreign,
        actor=last.actor or group.actor,
        body=last.body,
    )


def address(group: AreaGroup, text: str) -> AreaGroup:
    """`Coquelles, France` and `Laredo, Texas`: only the innermost name."""
    if (
        len(group.codes) == 2
        and "," in text[group.start : group.end]
        and " and " not in text[group.start : group.end]
    ):
        first, second = group.codes
        if not is_code(first) and is_code(second):
            return AreaGroup(group.start, group.end, (first,), located=group.located)
        if is_code(first) and is_code(second) and first.startswith(second + "-"):
            return AreaGroup(group.start, group.end, (first,), located=group.located)
    return group

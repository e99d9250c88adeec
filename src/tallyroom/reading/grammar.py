"""What attachment needs to know about the syntax of a language, as data for one algorithm."""

from __future__ import annotations

import re

import msgspec


class Grammar(msgspec.Struct, frozen=True):
    """The costs and patterns by which terms attach to figures in one language."""

    lang: str
    phrase_stop: re.Pattern[str]
    """Between a figure and what it counts this may not stand."""
    of: re.Pattern[str]
    """Joins a head to what it consists of: `packages of cocaine`."""
    passive: re.Pattern[str]
    """Stands between a noun phrase and a verb of which it is the object."""
    light: re.Pattern[str]
    """Stands between what is counted and a figure after it: 达, `reached`."""
    fronting: re.Pattern[str]
    """Stands before an object that comes before its verb: 对18起案件, 将1178名嫌疑人."""
    right_head: float
    left_head: float
    left_far: float
    right_verb: float
    list_stops_phrase: bool


ENGLISH = Grammar(
    lang="en",
    phrase_stop=re.compile(
        r"[,;:()\[\]|…]|\b(?:was|were|is|are|be|been|being|had|has|have|in|at|on|by|from|with|for|to|between|during|since|"
        r"against|and|or|while|but|(?<!of )the|(?<!half )an?|that|which|who|whom|whose|after|before|as|"
        r"than|over|under|when|where|this|these|"
        r"those|it|they|he|she|their|its|also|will|would|could|into|across|through|via|using|worth|valued|not|out|totalling|"
        r"totaling|holding|containing|hidden|concealed|inside|without|per|because|including|involving|under|along|among|"
        r"according|did|do|does|can|may|might|throughout|within|off|up|down|away)\b"
    ),
    of=re.compile(r"\bof\b"),
    passive=re.compile(
        r"\s*(?:(?:of whom|of which|of them|of these|of those|of the \w+|who|that|which|have|has|had|"
        r"were|was|are|is|been|being|be|to|also|already|subsequently|successfully|"
        r"then|later|were all|all|now|so far|[a-z]+ly|got|getting|both|each|further|newly|either)\b\s*)*"
    ),
    light=re.compile(
        r"\s*(?:(?:numbered|numbering|reached|reaching|totall?ed|totall?ing|total|were|was|are|is|stood|stands|at|came|come|to|"
        r"rose|climbed|fell|dropped|hit|of|a|an|the|as|high|exceed(?:ed|ing|s)?|surpassed|topped|amount(?:ed|ing)|numbers?|"
        r"figure|up|down|jumped|grew|increased|decreased|some|about|around|approximately|nearly|over|more|than|almost|just|"
        r"count|weigh(?:ed|ing)|listed|made|put|had|has|have|been|now|only)\b[\s:=]*)*[\s:=]*"
    ),
    fronting=re.compile(r"(?!)"),
    right_head=0.0,
    left_head=3.0,
    left_far=1.5,
    right_verb=3.0,
    list_stops_phrase=True,
)
CHINESE = Grammar(
    lang="zh",
    phrase_stop=re.compile(r"[,，;；:：、()（）。|…\t]|被|并(?!购)|在于|其中|由此|因为|以上的?(?=[\d占])|占"),
    of=re.compile(r"(?!)"),
    passive=re.compile(
        r"(?:[已均悉都也还获]|全部|悉数|先后|予以|相继|陆续|分别|依法|得到|成功|现已|被|遭|由警方|随后|当场|\s)*"
    ),
    fronting=re.compile(r"[将把]|(?<![针绝相面应反])对(?![于比照应])"),
    light=re.compile(
        r"(?:了|达到?|有|共计?|为|计|约|是|至|高达|升至|降至|增至|减至|合计|总计|累计|分别|数量?|总数|总量|量|的|人数|共有|"
        r"近|超过?|超|逾|不足|至少|已|已达|总共|一共|多达|上升到|下降到|增加到|减少到|增长到|计有|则|则有|[\s:：=\-—“”\"'])*"
    ),
    right_head=1.0,
    left_head=0.0,
    left_far=1.5,
    right_verb=3.0,
    list_stops_phrase=True,
)
GRAMMARS = {"en": ENGLISH, "zh": CHINESE}

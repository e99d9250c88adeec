"""Set-aside rules for Chinese text."""

from __future__ import annotations

from functools import cache

from tallyroom.quantities.asides import Family, RuleSet, Shape
from tallyroom.quantities.wordlists import alternatives, word_list

GATE = r"[\d一二两三四五六七八九十百千万零〇双]"
TO = r"(?:至|到|—{1,2}|–|-|~|～|―|、)"
N = r"(?>\s?\d{1,3}(?:\.\d+)?(?!\d)\s?|[一二两三四五六七八九十百半几数]{1,5})"
N2 = r"(?:\s?\d{1,2}(?!\d)\s?|[一二三四五六七八九十廿]{1,3})"
"""Text out of a PDF may have blanks around digits: 有期徒刑 15 年."""
NUMBER = r"(?>\d[\d,]{0,14}(?:\.\d{1,4})?[万亿]?)"
CHINESE = r"[一二两三四五六七八九十百千万]{1,6}"
YEAR = r"(?:(?:19|20)\d\d\s?|[一二][〇零○一二三四五六七八九]{3})"
OPEN, CLOSE = r"[“\"「『‘]", r"[”\"」』’]"
APART = r"[^,，。;；\d"
"""The beginning of a class of characters that a phrase does not cross."""
DAY = rf"(?:{N2}[日号]?{TO})?{N2}[日号]"
PART = r"[上中下]旬|[初底末]"
LED = (
    "( 〔 [ （ 编号 案号 证号 车牌 批号 文号 学号 警号 序号 代码 型号 第 不满 未满 已满 年满 现年 时年 年仅 年龄 满 "
    "近 约 每 时速 海拔 身高 高 长 宽 厚 直径 距 相距 一连 连续 为期 历时 深 "
    "占地 建筑 展览 经营 仓储 厂房 场地 气温 温度 零下 前 国道 省道 县道 界碑 正月 腊月 "
    "初 其 处 判 ① ② ③ ④ ⑤ ⑥ ⑦ ⑧ ⑨ ⑩ 上午 下午 中午 凌晨 清晨 傍晚 早 晚 夜 g s x v http www top"
)
"""What the led shapes begin with, beside the words of the lists."""
Words = dict[str, str]


@cache
def rules_zh() -> RuleSet:
    """Return the rules, compiled once."""
    lists = word_list("zh", "asides")
    words = {name: alternatives(words) for name, words in lists.items()}
    words["chemical"] = "".join(lists["chemical"])
    return RuleSet(GATE, (_led(words), *_named(words), _dates(), _digits(words), _numbers(words)))


def _led(words: Words) -> Family:
    """Shapes that a word leads in."""
    many = rf"(?:{NUMBER}{TO})?{NUMBER}[余多]?"
    months = rf"(?:{TO}|零|又)?(?:{N}个?月)?"
    digits = r"[百零〇\d一二三四五六七八九十]{1,8}"
    clauses = rf"第{digits}(?:[、至到和]第?{digits}){{0,6}}(?:条|款|项)"
    measured = r"海拔|身高|长|高|宽|深|厚|直径|距离|相距|距"
    people = r"人|名|户|平方公里|公里|常住人口"
    led = _leads(words)
    return Family(_class({word[0] for word in led}), "", (
        Shape("telephone", (
            rf"(?:{words['telephone_before']}){APART}]{{0,10}}(?<![近约超达共过逾到有])"
            r"\d{3,}(?:[ -]?\d{3,})*"
            r"(?:[、或/,，](?:\d{3,}[ -]?)+)*(?![\d.万亿余多]*[起名人件例次公个条部台元家宗])",
        )),
        Shape("identifier", (
            r"[(〔\[（](?:19|20)\d\d[)〕\]）]第?[\u4e00-\u9fff]{0,6}\d*[\u4e00-\u9fff]{0,4}第?\d+号",
            r"(?:编号|案号|证号|车牌号?|批号|文号|学号|警号|序号|代码|型号)(?:为|是|:|：)?\s*[a-z0-9][a-z0-9-]*",
        )),
        Shape("law", (
            rf"{clauses}(?:之[一二三四五\d]+)?",
            r"第\d+号(?:令|公告|决定|文件|文|决议|法案|法令)",
        )),
        Shape("prison_term", (
            rf"(?:(?:{words['prison_before']})|判?处(?=[\d一二两三四五六七八九十])){APART}一二两三四五六七八九十]{{0,4}}{N}(?:年{months}|个月|日|天)(?:以上|以下)?"
            rf"(?:(?:{TO}|、)?{N}(?:年|个月|日)(?:以上|以下)?)?(?:零?{N}个月)?",
        )),
        Shape("age", (
            rf"(?:不满|未满|已满|年满|现年|时年|年仅|年龄|满|近|约)(?:{N}周?岁?{TO})?{N}[多余]?周?岁"
            r"(?:以上|以下|以内)?",
        )),
        Shape("speed", (
            rf"时速{APART}]{{0,4}}\d+(?:公里|千米|海里)?",
            rf"每(?:小时|秒){many}(?:公里|千米|米|海里)",
        )),
        Shape("rate", (
            rf"每(?:{NUMBER}|{CHINESE})?(?:{people}){APART}]{{0,14}}?\d+(?:\.\d+)?(?:起|人|例|件|名|个|次|‰|%)?",
            rf"每(?:{NUMBER}|[十百千万]+)(?:人|名|户)",
            rf"每(?:公斤|千克|克|粒|颗|吨|包|支|瓶|升|毫升|斤|次|张|件){APART}]{{0,6}}?\d[\d.,]*万?余?元",
        )),
        Shape("frequency", (rf"每(?:天|日|周|月|年|季度|小时){N}次",)),
        Shape("duration", (rf"(?:一连|连续|为期|历时){N}(?:天|日|周|个?月|小时|昼夜|晚)",)),
        Shape("length", (
            rf"(?:{measured})(?:达|约|近|为|有)?(?:{many}|{CHINESE})米",
            rf"(?:建筑|占地|展览|经营|仓储|厂房|场地)(?:总?面积)?{APART}]{{0,6}}{many}平方米",
        )),
        Shape("temperature", (
            rf"(?:气温|温度|高温){APART}]{{0,6}}\d+度",
            r"零下\d+(?:\.\d+)?(?:℃|摄氏度|°c|度)",
        )),
        Shape("rank", (rf"(?:前|top\s?){N2}(?:名|位|强|大)", rf"第{N}(?:名|位)")),
        Shape("address", (
            rf"第{N2}座\d+楼(?:\w室)?",
            r"(?:国道|省道|县道|界碑)\d+",
            r"[gsx]\d{2,4}(?=[高国沪京昆线段])",
        )),
        Shape("edition", (
            rf"第{N}(?:届|版|季(?!度))",
            rf"第{N}个(?=[\u4e00-\u9fff“\"]{{0,14}}(?:日|节|月)(?!\d))",
            r"第\d+期",
        )),
        Shape("date", (
            r"第[一二三四1-4]季度?",
            rf"前[一二两三1-3]个?季度|前{N2}个?月",
            r"(?:正月|腊月)?初[一二三四五六七八九十](?!中|级|审|犯|步)",
        )),
        Shape("ordinal", (
            rf"第(?:{N}|\s?\d+\s?)(?:次|个|批|轮|波|号|例|起|名|条|位|件|家|阶段|期|季|代|步|天|年|场|站|线|大|方|类|回|款|座|"
            r"集|章|节|页|版|编|卷|组|排|道|党|时间|一时间)?",
            r"其[一二三四五](?=[,，是])",
            r"[①②③④⑤⑥⑦⑧⑨⑩]",
            r"〔注?\d*〕|\[\d{1,3}\]",
        )),
        Shape("time", (
            r"(?:[上下中]午|凌晨|清晨|傍晚|深夜|早|晚|夜)\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})点"
            r"(?:\d{1,2}分?|半|许|多|钟|左右)?",
        )),
        Shape("version", (r"v\d+(?:\.\d+)+",)),
        Shape("law", (r"gb(?:/t)?\s?\d+(?:[.-]\d+)*",)),
        Shape("web", (r"(?:https?://|www\.)[a-z0-9_./?=&%#:~+-]+",)),
    ), heads=tuple(led))  # fmt: skip


def _leads(words: Words) -> list[str]:
    """The words that the led shapes begin with: a look for one spares the long pattern."""
    listed = [word for name in ("telephone_before", "prison_before") for word in words[name].split("|")]
    return [*listed, *LED.split()]


def _class(chars: set[str]) -> str:
    return "".join(sorted("\\" + char if char in "[]" else char for char in chars))


def _named(words: Words) -> tuple[Family, ...]:
    """Names that hold numerals, and enumerators at the beginning of a block or clause."""
    named = "".join(sorted({word[0] for word in words["names"].split("|")}))
    campaign = (
        r"[\u4e00-\u9fff](?=[\u4e00-\u9fff]{0,7}[-—－·‐]{0,2}20\d\d[”\"」』’》])"
        r"[\u4e00-\u9fff]{0,7}[-—－·‐]{0,2}20\d\d"
    )
    digit = "一二两双三四五六七八九十百千万"
    return (
        Family(rf"{named}{OPEN[1:-1]}\d", "", (Shape("name", _names(words)),)),
        Family(r"\u4e00-\u9fff", "", (Shape("name", (campaign,)),), needs=r"20\d\d[”\"」』’》]"),
        Family(rf"\s(（\d{digit}a-z", "", _enumerators(words)),
    )


def _names(words: Words) -> tuple[str, ...]:
    fighting = r"行动|专项|战役|工程|计划|规划|机制|战略|倡议|案|集团|系列|活动|工作|模式|体系"
    return (
        rf"(?<![\d.])(?:{words['names']})",
        rf"{OPEN}?[678901][05]后{CLOSE}?(?!的?\d)",
        rf"{OPEN}\d{{1,2}}[.·・•]\d{{1,2}}{CLOSE}(?=[\u4e00-\u9fff]{{0,12}}[案毒枪])",
        r"(?<![\d.])\d{1,2}[·・•]\d{1,2}(?!\d)",
        r"(?<![\d.])\d{1,2}\.\d{1,2}(?=国际禁毒|禁毒日|特大|专案|系列案|跨境)",
        rf"{OPEN}(?=[^”\"」』’]{{0,8}}[\d一二两三四五六七八九十百千万双])[\u4e00-\u9fff\d·-]{{2,9}}{CLOSE}"
        rf"(?=[\u4e00-\u9fff]{{0,4}}(?:{fighting}))",
    )  # fmt: skip


def _enumerators(words: Words) -> tuple[Shape, ...]:
    counted = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
    return (
        Shape("name", (
            r"(?<![\d.几数一二两三四五六七八九])(?:[百千万][日城村镇校警]|千万)(?=[\u4e00-\u9fff]{0,6}(?:行动|攻坚|会战|专项|整治|工程|活动|竞赛|计划|巡查|大))",
        )),
        Shape("class_count", (
            r"(?:[一两二双三四五六七八九]{1,2}[升降增减平](?![起名人件个吨])){2,}",
            r"(?:[一两二双三四五六七八九](?:大|个)?(?:确保|提升|下降|结合|到位)){2,}",
            r"[两二三四](?:案|起案件)(?=均?[正仍尚现])",
        )),
        Shape("ordinal", (
            rf"^\s*(?:[一二三四五六七八九十]{{1,3}}、|[(（]{counted}[)）]|\d{{1,2}}[.、)](?!\d|$))",
            r"^\s*\d{1,2}[.、](?=(?:19|20)\d\d年|\d{1,2}月)",
            rf"(?<=[。;；:：])\s*(?:[(（]{counted}[)）]|\d{{1,2}}[.、)](?!\d))",
            r"(?:^|(?<=[,，。;；:：、]))[一二三四五六七八九十](?=[是要则](?!\d))",
        )),
        Shape("name", (
            rf"(?<![a-z\d])(?!(?:{words['currencies']})\d)[a-z]{{1,6}}-?\d{{1,5}}(?![\d.,]?\d|[万亿]|%)[a-z]?",
        )),
        Shape("rate", (rf"[万千]分之{N}",)),
        Shape("web", (r"(?<![\w.+-])[a-z][a-z0-9_.+-]*@[a-z0-9_-]+\.[a-z0-9_.-]+",)),
    )  # fmt: skip


def _dates() -> Family:
    """Dates that begin with their year, or with their month or day."""
    return Family(r"\d一二三四五六七八九十廿民“\"「『‘", r"(?<![\d.第])", (
        Shape("date", (
            rf"(?:民国\s?(?:\d{{2,3}}|[一二三四五六七八九十百]{{2,5}})|(?:{YEAR}年?{TO})?{YEAR}|1[01]\d(?=年\d{{1,2}}月|学?年度))"
            rf"学?年(?:度|[初底末])?(?:(?:{N2}月?{TO})?{N2}月份?(?:{DAY}|{PART})?"
            rf"|(?:第?[一二三四1-4]|前[一二三])季度?|前{N2}个?月)?",
            rf"(?:{N2}月?份?{TO})?{N2}月(?:份|{DAY}|{PART})?(?!龄)",
            r"[一二三四1-4]季度",
            rf"{OPEN}?十[一二三四五]五{CLOSE}?(?=规划|期间|时期|以来|期末|同期|开局|收官)",
            r"(?:19|20)\d\d([-/.])\d{1,2}(?:-\d{1,2}|/\d{1,2}|\.\d{1,2})(?![\d.])",
            r"\d{1,2}世纪(?:[一二三四五六七八九\d]0?年代)?|[一二三四五六七八九]十年代|\d0年代",
            r"(?:\d{1,2}日?" + TO + r")?\d{1,2}日(?![内以之龄游元均])",
            r"(?:[一二]?十[一二三四五六七八九]?|三十一?)日(?=[上下凌晚发通公说称电讯召宣在])",
        )),
    ))  # fmt: skip


def _digits(words: Words) -> Family:
    """Shapes that begin with a digit and say by their digits what they are."""
    many = rf"(?:{NUMBER}{TO})?{NUMBER}[余多]?"
    square = r"(?:平方)?(?:公里|千米|海里|浬|英里|厘米|毫米|英寸|英尺)"
    return Family(r"\d", r"(?<![\d.])", (
        Shape("web", (r"(?:\d{1,3}\.){3}\d{1,3}(?![\d.])",)),
        Shape("telephone", (
            r"(?:0\d{2,3}-\d{7,8}|1[3-9]\d{9}|[48]00-?\d{3}-?\d{4})(?![\d.])",
            rf"(?:{words['hotlines']})(?=[”\"」]?(?:{words['telephone_after']})|[、/](?:{words['hotlines']})(?!\d))",
        )),
        Shape("law", (r"\d+号(?:令|公告|决定|文件|决议|法案|法令|议定书|法律)",)),
        Shape("address", (r"(?<=[路街道巷村弄段])\d+号(?:院|楼|店)?",)),
        Shape("name", (
            rf"\d{{1,2}}(?:,\d{{1,2}}){{0,4}}-[{words['chemical']}]",
            r"\d{1,3}[gdk](?=网络|技术|基站|打印|时代|手机)|\d级(?!别)|[2-5]a级|4s店",
        )),
        Shape("version", (r"(?:19|20)\d\d版|\d+\.\d+版",)),
        Shape("time", (
            r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?![\d:])",
            r"24小时(?=[值受接营开不服在全巡])",
        )),
        Shape("temperature", (rf"\d+(?:\.\d+)?(?:{TO}-?\d+(?:\.\d+)?)?(?:℃|摄氏度|°c)",)),
        Shape("speed", (rf"{many}(?:公里|千米|米|海里)(?:每|/)(?:小时|秒|时)",)),
        Shape("length", (rf"{many}{square}", rf"{many}米多?(?:[长高宽深厚远外处]|开外)")),
        Shape("rate", (rf"{NUMBER}‰",)),
        Shape("frequency", (rf"{many}(?:赫兹|兆赫|千赫)",)),
        Shape("score", (
            r"\d{1,3}比\d{1,3}(?=[\u4e00-\u9fff]{0,4}[胜负平战领])",
            r"(?<=[记扣])\d{1,2}分(?!钟|局|公司)",
        )),
        Shape("rank", (r"\d{2,3}强",)),
    ))  # fmt: skip


def _numbers(words: Words) -> Family:
    """Shapes that begin with a number, in digits or characters, and say by what follows what they are."""
    months = rf"(?:{TO}|零|又)?(?:{N}个?月)?"
    unit = r"(?:周?岁|年|天|日|个?月|小时)?"
    begins = rf"(?<![\d.第上下])(?:{N}{unit}{TO})?{N}"
    taking = r"[余多]?(?:个|大)?(?:重点|沿海|边境|成员|有关|相关|国内|主要|中央)?"
    place = (
        r"号楼|单元|[栋幢座]\d+(?:单元|室|号|楼)|号院|号门|号仓|号码头|号公路|号线|号口岸|"
        r"号航站楼|号桥|号界碑"
    )
    return Family("\\d一二两三四五六七八九十百半几数", begins, (
        Shape("age", (r"[多余]?周?岁(?:以上|以下|以内)?",)),
        Shape("prison_term", (
            rf"年(?:以上|以下|{months})?(?:(?:{TO}|、)?{N}年(?:以上|以下)?)?的?(?:{words['prison_after']})",
        )),
        Shape("edition", (r"周年|个周年",)),
        Shape("time", (
            r"时(?:\d{1,2}分|许|半|整)?(?![代期候间段刻常])",
            r"点(?:半|钟|许|\d{1,2}分|整)",
        )),
        Shape("address", (rf"(?:{place})", r"[楼室](?![上下房])")),
        Shape("class_count", (
            rf"[余多]?(?:{words['classes']})(?![植子苗])",
            rf"[余多]?项(?=[\u4e00-\u9fff]{{0,4}}(?:{words['listed_items']}))",
            r"(?<![数几半])大(?=[\u4e00-\u9fff])(?!量|批|队|学|案|会|户|毒|型|宗)",
        )),
        Shape("participants", (rf"{taking}(?:{words['participants']})(?!{words['participants_apart']})",)),
        Shape("duration", (
            rf"[余多来]?个?半?多?(?:小时|钟头|分钟|秒钟|秒|昼夜|星期|工作日|月(?![份日龄\d])|季度)[多余]?(?:{N}分钟?)?",
            rf"[余多]?(?:天{N}夜|天|周(?!年|岁|边|围|密|折)|夜|晚|载|年(?!度|级|代|底|初|末|份|鉴|会)|日(?=[内以之]))"
            rf"(?:{N}个月)?[半多]?",
        )),
        Shape("length", (r"(?:平方)?(?:公里|千米|海里|浬|英里|厘米|毫米|英寸|英尺)",)),
    ))  # fmt: skip

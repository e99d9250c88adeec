"""Numerals in Chinese text that are no figure, marked as `⟦rule|characters⟧`; all others are left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tallyroom.quantities.asides import find_asides

MARKED = (
    "⟦prison_term|处5日以上10日以下⟧行政拘留,⟦rate|每克500元⟧,缴获36克",
    "⟦telephone|110⟧、⟦telephone|12345热线⟧,⟦name|5a级⟧景区12家,⟦date|114年度⟧查获13公斤",
    "判处张某⟦prison_term|有期徒刑15年⟧,并处罚金20万元;另有2人被⟦prison_term|判处3年以上7年以下有期徒刑⟧",
    "⟦prison_term|入狱8年6个月⟧,最高⟦prison_term|判囚7年⟧及罚款500万元",
    "五名被告⟦prison_term|获刑三年六个月⟧,⟦prison_term|缓刑四年⟧,涉案毒品12公斤",
    "最高可处⟦prison_term|十年以上有期徒刑⟧,1595件",
    "处⟦prison_term|行政拘留15日⟧,罚款2000元",
    "依照刑法⟦law|第三百四十七条⟧和⟦law|第二十五条第一款⟧,查处36人",
    "根据《道路交通安全法》⟦law|第九十一条⟧规定,⟦law|第5号令⟧,⟦law|gb/t 2260⟧",
    "⟦identifier|(2023)粤01刑初123号⟧判决书,海洛因350克",
    "群众可⟦telephone|拨打110⟧或⟦telephone|12110短信⟧举报,⟦telephone|举报电话:0871-63051234⟧",
    "⟦telephone|110⟧接报警情3200起,⟦telephone|96110⟧平台预警劝阻1.2万人",
    "⟦telephone|联系电话13800138000⟧,奖励5万元",
    "⟦age|35岁以上⟧的109.5万名,⟦age|18至35岁⟧的104.5万名,⟦age|不满18岁⟧的7151名",
    "嫌疑人王某(男,⟦age|43岁⟧),⟦age|24岁⟧的他带走3公斤",
    "被告人⟦age|现年46岁⟧,⟦age|16周岁⟧以下12人",
    '⟦name|90后⟧民警30名,"⟦name|00后⟧"占比20%',
    "历时⟦duration|三个月⟧,经过⟦duration|72小时⟧连续奋战,抓获嫌疑人36名",
    "连续⟦duration|六天⟧开展公开查缉,查获3起;⟦duration|3天⟧里抓获531人",
    "⟦duration|三年⟧打击整治行动,⟦duration|近40分钟⟧,⟦duration|十七个月⟧查获毒品5.3吨",
    "⟦duration|两天两夜⟧蹲守,收网抓获12人",
    "⟦ordinal|第三次⟧集中收网,⟦ordinal|第2批⟧20人,位列⟦ordinal|第3号⟧",
    "⟦ordinal|一、⟧人员:214.8万名",
    "⟦ordinal|(二)⟧打击:破案36起",
    "⟦ordinal|1.⟧破获案件23起",
    "⟦ordinal|一是⟧打掉团伙12个;⟦ordinal|二是⟧缴毒3吨",
    "⟦edition|第36个⟧国际禁毒日,⟦edition|第134届⟧广交会,⟦edition|五周年⟧",
    '⟦name|百日行动⟧破案8657起,⟦name|"净网2023"⟧专项行动抓获1.2万人',
    '"⟦name|昆仑2025⟧"行动破案2.5万起;“⟦name|3.09⟧”专案抓获12人',
    "⟦class_count|七类⟧主要毒品缴获3吨,⟦class_count|三道防线⟧查获1.8吨,⟦class_count|两升一降⟧",
    "⟦class_count|四项⟧指标分别下降39.7%;⟦class_count|八大⟧战役打掉团伙36个",
    "⟦participants|十一个重点省份⟧联手缴毒7.8吨,⟦participants|10部门⟧查办6300起,"
    "⟦participants|43个国家和地区⟧的650家企业",
    "⟦participants|五省⟧警方抓获1013人,⟦participants|3国⟧联合缴毒2吨",
    "⟦rank|前10名⟧的城市破案1200起,跻身⟦rank|500强⟧",
    "约⟦length|60公里⟧处查获2车,过火面积⟦length|20平方公里⟧,身高⟦length|1.8米⟧,缴获导火索500米",
    "⟦temperature|4至8℃⟧,时速⟦speed|120公里⟧,拦截3辆车",
    "⟦rate|每10万人命案发生数为0.44起⟧",
    "⟦address|第3座28楼⟧搜出2公斤冰毒,人民路⟦address|100号⟧,⟦address|3号楼⟧抓获4人",
    "⟦time|19:00⟧许,⟦time|1时20分⟧,⟦time|凌晨3点⟧行动,抓获20人",
    "⟦date|2022年6月25日⟧至⟦date|7月31日⟧,⟦date|民国114年⟧查获13公吨,⟦date|20世纪90年代⟧",
    "⟦date|十二月二十五日⟧通报,⟦date|截至11月底⟧破案5万起",
    "⟦version|2025版⟧手册发放20万册",
    "⟦frequency|每天3次⟧巡查,查获2起",
    "⟦web|www.nncc626.com⟧共收到线索1200条",
    "“⟦name|一带一路⟧”沿线,⟦name|四川⟧破案850起,⟦name|三亚⟧12起",
    "⟦name|1-苯⟧基丙酮10吨,⟦name|c919⟧飞机3架,⟦name|5g⟧基站120个",
    "判处⟦prison_term|有期徒刑 15 年⟧,⟦age|43 岁⟧,⟦ordinal|第 3 次⟧,⟦date|2022 年 6 月⟧,缴毒 36 公斤",
    "热线电话1100部,⟦telephone|热线电话12345⟧",
    "查封房产12栋,铲除罂粟面积46.5亩",
    "12个省级目标案件,3个国家级项目",
)
FIGURES = (
    "抓获犯罪嫌疑人36名,破获案件10起,缴获毒品3.5公斤,查扣车辆4台、手机12部、现金20万元",
    "打掉团伙12个,捣毁窝点5处,缴获枪支3支、子弹120发、炸药3公斤、雷管15枚",
    "查处吸毒人员3.8万人次,强制隔离戒毒22万人次,社区戒毒8108人",
    "检查旅业4.4万家、娱乐场所18716家、车辆16.2万辆次,出动警力1000余人次",
    "铲除罂粟46.5亩、大麻481株,收缴毒品1万3811公斤",
    "破案五百五十六个,抓获二千三百一十三名,缴获四点二吨",
    "缴获大米36袋、白酒120瓶、香烟300条、红木12立方米",
    "同比上升10%、16.4%,下降4.76个百分点,增长1.7倍,占三成半以上",
    "8起和1013人;29起其中12起;3案;2人;5座;254宗",
    "追逃65名,移送起诉3.5万余人,批捕1200人,判决12人",
    "挽回损失12.5亿元,冻结资金3400万元,涉案20余亿元",
    "罚没案件20件、侦办36案、查获120批次、6.5万只",
    "缴获k粉12公斤、lsd 3000片、mdma 20公斤",
    "扣押船舶3艘、油料120吨、渔获物5.6万斤",
    "两名嫌疑人落网,三起案件告破,十余人被抓",
)


@pytest.mark.parametrize("marked", MARKED)
def test_each_marked_numeral_is_set_aside_by_its_rule(
    marked: str, faults: Callable[[str, str], list[str]]
) -> None:
    assert faults(marked, "zh") == []


@pytest.mark.parametrize("text", FIGURES)
def test_a_figure_is_never_set_aside(text: str) -> None:
    assert find_asides(text, "zh") == []

"""What stands around an article: menus, other headlines (with figures of their own), advertising, comments."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True)
class Surroundings:
    """Words of a site in one language. None of the figures in them are the article's."""

    site: str
    menu: tuple[str, ...]
    related_head: str
    related: tuple[str, ...]
    most_read: str
    read: tuple[str, ...]
    ad: str
    cookies: str
    comments_head: str
    comments: tuple[tuple[str, str], ...]
    rights: str
    printing: str
    closing: str
    running: str
    """The line at the head of a printed page."""


_EN = Surroundings(
    site="Harbour Courier",
    menu=("Home", "News", "Crime", "Courts", "Business", "Sport", "Weather", "Jobs"),
    related_head="Related articles",
    related=(
        "Customs seized 410 kg of cocaine in banana boxes",
        "Police arrested 37 suspects in raids on two drug rings",
        "How a sniffer dog found 12 kg of heroin",
        "Court sentences 9 smugglers",
    ),
    most_read="Most read",
    read=(
        "Ferry strike enters third day",
        "Ten recipes for a rainy weekend",
        "Officers seize 55 stolen bikes",
        "Town hall sells old trams for $20,000",
    ),
    ad="Subscribe now: 3 months for the price of 1, from $4.99",
    cookies="We and our 842 partners use cookies to store information on your device. Change your choice at any time.",
    comments_head="Comments (2)",
    comments=(
        ("harbour_watcher, 3 hours ago", "They say they arrested 5,000 people and seized 90 tons. Who counts?"),
        ("Night Shift, 1 hour ago", "Last year 300 gangs were smashed and nothing changed."),
    ),
    rights="© 2024 Harbour Courier. All rights reserved. ISSN 1234-5678. Call 0800 555 1234.",
    printing="Print",
    closing="Close",
    running="Harbour Courier · Public safety digest",
)  # fmt: skip
_ZH = Surroundings(
    site="港湾新闻网",
    menu=("首页", "要闻", "法治", "社会", "财经", "体育", "视频", "专题"),
    related_head="相关新闻",
    related=(
        "海关查获藏于香蕉箱中的可卡因410公斤",
        "警方突袭两个贩毒团伙，抓获嫌疑人37名",
        "缉毒犬如何嗅出12公斤海洛因",
        "九名走私分子一审获刑",
    ),
    most_read="热点排行",
    read=("轮渡停航进入第三天", "雨天周末的十道家常菜", "民警追回被盗自行车55辆", "旧电车拍卖成交20万元"),
    ad="新用户专享：订阅3个月仅需9.9元",
    cookies="本网站使用Cookie以改善您的浏览体验，继续浏览即表示同意。",
    comments_head="网友评论（2条）",
    comments=(
        ("港湾观察 3小时前", "听说一共抓了5000人，缴毒90吨，谁数的？"),
        ("夜班工人 1小时前", "去年打掉300个团伙，还不是老样子。"),
    ),
    rights="版权所有 港湾新闻网 未经授权禁止转载 举报电话：0100-5551234",
    printing="打印本页",
    closing="关闭窗口",
    running="港湾新闻网 · 平安专刊",
)  # fmt: skip
_TRADITIONAL = Surroundings(
    site="港灣新聞網",
    menu=("首頁", "要聞", "社會", "法庭", "財經", "體育", "影音", "專題"),
    related_head="相關新聞",
    related=(
        "海關查獲藏於香蕉箱中的古柯鹼410公斤",
        "警方突襲兩個販毒集團，逮捕嫌犯37人",
        "緝毒犬如何嗅出12公斤海洛因",
        "九名走私犯一審判刑",
    ),
    most_read="熱門排行",
    read=("渡輪停航進入第三天", "雨天週末的十道家常菜", "員警尋回失竊自行車55輛", "舊電車拍賣成交20萬元"),
    ad="新用戶專享：訂閱3個月只要99元",
    cookies="本網站使用Cookie以改善您的瀏覽體驗，繼續瀏覽即表示同意。",
    comments_head="網友留言（2則）",
    comments=(
        ("港灣觀察 3小時前", "聽說一共抓了5000人，緝毒90噸，誰數的？"),
        ("夜班工人 1小時前", "去年打掉300個集團，還不是老樣子。"),
    ),
    rights="版權所有 港灣新聞網 未經授權禁止轉載 檢舉電話：0100-555123",
    printing="列印本頁",
    closing="關閉視窗",
    running="港灣新聞網 · 平安專刊",
)  # fmt: skip


def surroundings_of(lang: str) -> Surroundings:
    """Return the words of a site in a language; English for an unknown one."""
    return {"zh": _ZH, "zh-Hant": _TRADITIONAL}.get(lang, _EN)
